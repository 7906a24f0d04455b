#!/usr/bin/env bash
# An authority of your own and one certificate for all machines of a cluster, for 90 days: certificates.sh FOLDER
# Whoever holds FOLDER/cluster.key may have the cluster run anything. FOLDER/authority.key is needed for nothing else.
set -euo pipefail
umask 077
folder=${1:?write the name of a new folder}
mkdir "$folder"
cd "$folder"
openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 90 -subj "/CN=winset cluster authority" \
  -keyout authority.key -out authority.pem 2>/dev/null
openssl req -newkey rsa:3072 -nodes -sha256 -subj "/CN=winset cluster" -keyout cluster.key -out cluster.csr 2>/dev/null
openssl x509 -req -sha256 -days 90 -in cluster.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
  -out cluster.pem 2>/dev/null
rm cluster.csr authority.srl
cat > environment <<SETTINGS
export DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=true
export DASK_DISTRIBUTED__COMM__TLS__CA_FILE=$PWD/authority.pem
export DASK_DISTRIBUTED__COMM__TLS__SCHEDULER__KEY=$PWD/cluster.key
export DASK_DISTRIBUTED__COMM__TLS__SCHEDULER__CERT=$PWD/cluster.pem
export DASK_DISTRIBUTED__COMM__TLS__WORKER__KEY=$PWD/cluster.key
export DASK_DISTRIBUTED__COMM__TLS__WORKER__CERT=$PWD/cluster.pem
export DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY=$PWD/cluster.key
export DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT=$PWD/cluster.pem
export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=false
SETTINGS
echo "Before every dask and winset command: . $PWD/environment"
