"""How Alembic reaches the database: on the connection, and in the transaction, of `tasks.storage.migrate`."""

from alembic import context

from tasks.storage import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a column: Alembic then copies the table.
    render_as_batch=True,
)
context.run_migrations()
