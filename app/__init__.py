"""Where everything is put together: settings, services, the command line, the web server."""
