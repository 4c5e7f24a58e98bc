"""The shape of the database, one step a module, applied in order by sqlite-utils."""

from sqlite_utils.migrations import Migrations

from storage.migrations import m0001_first, m0002_doors, m0003_links

migrations = Migrations("jalon")
migrations(name="0001_first")(m0001_first.apply)
migrations(name="0002_doors")(m0002_doors.apply)
migrations(name="0003_links")(m0003_links.apply)
