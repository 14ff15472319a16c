"""The register of sources and their claims."""
