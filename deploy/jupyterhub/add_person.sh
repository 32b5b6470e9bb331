#!/bin/sh
# Make an account for a coach or a participant; its password comes from the standard input.
#   sh deploy/jupyterhub/add_person.sh coach|participant NAME
# A participant's NAME is the code that stands in the class's roster.
set -eu
case ${1:-} in
  coach | participant) ;;
  *) echo "Say coach or participant, then the name of the account." >&2; exit 2 ;;
esac
name=${2:?Name the account.}
if [ "$1" = coach ]; then group=pcqa-coaches; else group=pcqa-participants; fi
useradd --create-home --key HOME_MODE=0700 --shell /bin/bash --groups "$group" "$name"
IFS= read -r password
echo "$name:$password" | chpasswd
