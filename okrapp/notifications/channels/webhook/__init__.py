"""Programs that listen: signed messages as standardwebhooks.com describes them."""
