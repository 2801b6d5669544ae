#!/bin/sh
# Installs what the tests meet the bundle with: real components from Debian's packages. Without apt or root it names what is missing.
# No server among them is started or enabled: the tests start what they need, on the loopback network.
set -eu

# Where sshd and nginx are, also for those who are not root.
PATH=$PATH:/usr/sbin

# program:package
wanted='
    openssl:openssl
    etcd:etcd-server
    etcdctl:etcd-client
    shellcheck:shellcheck
    chromium:chromium
    firefox-esr:firefox-esr
    WebKitWebDriver:webkit2gtk-driver
    Xvfb:xvfb
    unzip:unzip
    zip:zip
    busybox:busybox
    dash:dash
    pdftotext:poppler-utils
    curl:curl
'
# Without these the tests that talk to them are skipped, and say so.
welcome='
    sshd:openssh-server
    kubectl:kubernetes-client
    rsvg-convert:librsvg2-bin
    cfssl:golang-cfssl
    certtool:gnutls-bin
    minica:minica
    nginx:nginx
    keytool:default-jre-headless
    /usr/share/easy-rsa/easyrsa:easy-rsa
'
# A library of Debian's own Python, which reads calendars.
icalendar() {
    /usr/bin/python3 -c 'import icalendar' 2>/dev/null || printf ' python3-icalendar'
}

lacking() {
    for pair in $1; do
        command -v "${pair%%:*}" >/dev/null || printf ' %s' "${pair#*:}"
    done
}

# Whether Chromium finds Japanese letters: without them each is drawn as a box, and the tests of what is cut off measure boxes.
# fc-list comes with Chromium; where even that is missing the font is asked for as well.
japanese() {
    [ -n "$(fc-list :lang=ja file 2>/dev/null)" ] || printf ' fonts-noto-cjk'
}

# Debian's own Python, whose library makes certificates as well.
cryptography() {
    /usr/bin/python3 -c 'import cryptography' 2>/dev/null || printf ' python3-cryptography'
}

# GMP for the same Python, which judges keys; without it build/audit-python.sh gets it from PyPI.
gmpy2() {
    /usr/bin/python3 -c 'import gmpy2' 2>/dev/null || printf ' python3-gmpy2'
}

missing=$(lacking "$wanted")$(japanese)
skipped=$(lacking "$welcome")$(cryptography)$(gmpy2)$(icalendar)
[ -n "$missing$skipped" ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    if [ -z "$missing" ]; then
        echo "SKIPPED later on: the tests with$skipped (Debian's packages), which only root can install." >&2
        exit 0
    elif command -v apt-get >/dev/null; then
        echo "The tests need more packages: run 'sudo apt-get install$missing$skipped', then make test again." >&2
    else
        echo "The tests need these programs and fonts, by their Debian packages' names:$missing$skipped. Install them, then make test again." >&2
    fi
    exit 1
fi

apt-get update -qq >&2
for package in $skipped; do
    # Not every release has them.
    if apt-cache show "$package" >/dev/null 2>&1; then
        missing="$missing $package"
    else
        echo "SKIPPED later on: the tests with $package, which is no package here." >&2
    fi
done
[ -n "$missing" ] || exit 0

# Debian asks this file before it starts a service (101: no).
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
fi
echo "apt-get install$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
apt-get install -qq -y --no-install-recommends $missing >&2
if command -v systemctl >/dev/null; then
    for package in $missing; do
        case $package in
        # Nor at the next start of the computer. Some releases have the socket, some have not.
        openssh-server) systemctl disable --quiet ssh.service ssh.socket >&2 || : ;;
        etcd-server) systemctl disable --quiet etcd.service >&2 || : ;;
        nginx) systemctl disable --quiet nginx.service >&2 || : ;;
        esac
    done
fi

still=$(lacking "$wanted")$(japanese)
[ -z "$still" ] || {
    echo "Installed, but their programs or fonts are not to be found:$still" >&2
    exit 1
}
