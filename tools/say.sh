#!/bin/sh
# Say something in the language of messages: say.sh KOREAN ENGLISH
case "${LC_ALL:-${LC_MESSAGES:-$LANG}}" in
ko*) printf '%s\n' "$1" ;;
*) printf '%s\n' "$2" ;;
esac
