"""Creates the app, nothing else."""
from app import cli, config, tasks
from app.web import create_app

app = create_app(config.load())
cli.register(app)
tasks.register(app)
