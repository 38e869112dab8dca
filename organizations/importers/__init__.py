"""What spreadsheets can be imported into. Each importer is registered by its kind in `registry.importers`."""
