//! Files of configuration that hold a usable secret: `.env`, Dockerfiles, compose, Kubernetes, CI, Terraform.
