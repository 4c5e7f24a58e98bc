"""The shape of the database, one step a module, applied in order by sqlite-utils."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.migrations import (
    m0001_first,
    m0002_doors,
    m0003_links,
    m0004_addresses,
    m0005_files,
    m0006_shares,
    m0007_records,
    m0008_outputs,
    m0009_rosters,
    m0010_sessions,
    m0011_partners,
    m0012_surveys,
    m0013_documents,
    m0014_posts,
    m0015_deliveries,
    m0016_practices,
    m0017_communities,
    m0018_interests,
    m0019_meetings,
    m0020_quiet,
    m0022_practice_communities,
    m0023_channels,
    m0024_narratives,
    m0025_sent_reports,
)

migrations = Migrations("jalon")
migrations(name="0001_first")(m0001_first.apply)
migrations(name="0002_doors")(m0002_doors.apply)
migrations(name="0003_links")(m0003_links.apply)
migrations(name="0004_addresses")(m0004_addresses.apply)
migrations(name="0005_files")(m0005_files.apply)
migrations(name="0006_shares")(m0006_shares.apply)
migrations(name="0007_records")(m0007_records.apply)
migrations(name="0008_outputs")(m0008_outputs.apply)
migrations(name="0009_rosters")(m0009_rosters.apply)
migrations(name="0010_sessions")(m0010_sessions.apply)
migrations(name="0011_partners")(m0011_partners.apply)
migrations(name="0012_surveys")(m0012_surveys.apply)
migrations(name="0013_documents")(m0013_documents.apply)
migrations(name="0014_posts")(m0014_posts.apply)
migrations(name="0015_deliveries")(m0015_deliveries.apply)
migrations(name="0016_practices")(m0016_practices.apply)
migrations(name="0017_communities")(m0017_communities.apply)
migrations(name="0018_interests")(m0018_interests.apply)
migrations(name="0019_meetings")(m0019_meetings.apply)
migrations(name="0020_quiet")(m0020_quiet.apply)
migrations(name="0022_practice_communities")(m0022_practice_communities.apply)
migrations(name="0023_channels")(m0023_channels.apply)
migrations(name="0024_narratives")(m0024_narratives.apply)
migrations(name="0025_sent_reports")(m0025_sent_reports.apply)


def apply(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, all or none: who only reads never meets half a shape."""
    database = Database(connection)
    with database.atomic():
        migrations.apply(database)
