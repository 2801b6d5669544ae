//! How much is read: each limit with its unit. What goes beyond one is named in the listing, and what was read before stays.

/// Bytes of one file as it is given, which may be an archive: 256 MiB. The bundle of 5,000 workers has 112 MB.
pub const MAX_GIVEN_BYTES: u64 = 256 << 20;

/// Bytes of one file that is no archive: 4 MiB. The bundle of authorities of a whole operating system has a tenth of that.
pub const MAX_FILE_BYTES: u64 = 4 << 20;

/// Bytes of all files together, archives and what they unpack to: 1 GiB.
pub const MAX_TOTAL_BYTES: u64 = 1 << 30;

/// Files, folders and links, inside archives and outside. The largest bundle, of 5,000 workers, has about 121,000.
pub const MAX_ENTRIES: usize = 150_000;

/// Files in which nothing of a cluster was found: whoever drops more of these has dropped something else.
pub const MAX_STRANGERS: usize = 10_000;

/// How many archives may lie inside one another: an archive in an archive in an archive is read, a fourth one is not.
pub const MAX_DEPTH: usize = 3;

/// How many bytes one packed byte may unpack to, on the average of an archive, once it has unpacked to [`RATIO_FREE_BYTES`].
pub const MAX_RATIO: u64 = 200;

/// Bytes that any archive may unpack to, however small it is: 4 MiB. Short texts that are all alike pack very well.
pub const RATIO_FREE_BYTES: u64 = 4 << 20;

/// PEM blocks of one file.
pub const MAX_BLOCKS: usize = 2_000;

/// Bytes of a kubeconfig or another YAML or JSON file: 2 MiB.
pub const MAX_YAML_BYTES: u64 = 2 << 20;

/// Rounds of PBKDF2, or of an older derivation of a key from a passphrase. OpenSSL 3 takes 2,048, careful people a million.
pub const MAX_ROUNDS: u32 = 10_000_000;

/// Bytes of memory that scrypt may ask for: 256 MiB. OpenSSL asks for 16 MiB.
pub const MAX_SCRYPT_BYTES: u64 = 256 << 20;

/// Characters of a path that are kept.
pub const MAX_PATH: usize = 1_024;
