"""All settings of an installation, read once: from the environment (LVZHI_…) or a file `.env`."""

from pathlib import Path

from pydantic import PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Paths are absolute or below the folder that the program is started in, except for the defaults."""

    model_config = SettingsConfigDict(env_prefix="LVZHI_", env_file=".env", extra="ignore")

    index: Path = PROJECT / "indexes" / "default"
    data: Path = PROJECT / "data"  # the database of tasks and accounts, and what else must not be lost
    database_url: str | None = None  # None: SQLite in the data folder
    encoder: str = "e5"  # e5, none for keywords alone, a built folder, or a model of sentence-transformers
    encoder_folder: Path = PROJECT / "indexes" / "encoder"  # where e5 is built
    synonyms: Path | None = None  # lay words of one's own, beside those of search/synonyms.txt
    query_prompt: str = ""  # what a model of sentence-transformers wants before a query
    passage_prompt: str = ""  # and before a passage
    host: str = "127.0.0.1"
    port: int = 8501
    api_rate: PositiveInt = 60  # requests a minute of the HTTP API, for each key

    def url_of_database(self) -> str:
        """The SQLAlchemy URL of the database; its folder exists afterwards, readable by its owner alone."""
        if self.database_url:
            return self.database_url
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return f"sqlite:///{self.data.resolve() / 'lvzhi.db'}"
