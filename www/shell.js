// A text as one word of a POSIX shell, whoever chose the text: what is copied from here is pasted into terminals. Pure.

/** As it is where nothing in it means anything to a shell; else in single quotes, in which nothing does. What begins with a hyphen would be an option. @param {string} path */
export function word(path) {
  const named = path.startsWith('-') ? `./${path}` : path;
  return /^[\w/.:@%,+-]+$/.test(named) ? named : `'${named.replaceAll("'", "'\\''")}'`;
}
