#!/bin/sh
# Sees to it that the browser tests find a Chromium. They are skipped where none can be had, so this never fails.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser tests will be skipped: there is no Chromium here, and no apt-get to install it with." >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "The browser tests will be skipped: there is no Chromium here; 'sudo apt-get install chromium' installs it." >&2
    exit 0
fi

echo "Installing Chromium for the browser tests."
# $as_root is empty or two words, and meant to be split.
if ! { $as_root apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }; then
    echo "The browser tests will be skipped: apt-get could not install Chromium." >&2
fi
