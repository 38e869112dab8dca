"""The wall as schema objects that makemigrations understands."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Model
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

TENANT_FIELD = "organization"


class _DeferredConstraint(BaseConstraint):
    """A constraint made at the end of a migration, when every table and every key it points at exists."""

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Give nothing to CREATE TABLE; see create_sql."""
        self.create_sql(model, schema_editor)

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Queue the statement for the end of the migration."""
        schema_editor.deferred_sql.append(self.statement(model, schema_editor))

    def statement(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        """Return the statement that makes the constraint."""
        raise AssertionError("subclasses say how they are made")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class TenantKey(_DeferredConstraint):
    """FOREIGN KEY (organization_id, x_id) REFERENCES parent (organization_id, id), checked at commit.

    `field` is the name of a TenantForeignKey, or of a plain foreign key to a table that is keyed by organization. With
    `parent` (such as "organizations.Membership") the key points at that model's column of the same name instead: a
    reference to a global row, such as a user, is then tied to the row this organization has for it.
    """

    def __init__(self, *, field: str, name: str, parent: str = "") -> None:
        super().__init__(name=name)
        self.field = field
        self.parent = parent

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        if self.parent:
            kwargs["parent"] = self.parent
        return path, args, {**kwargs, "field": self.field}

    def _parent_and_key(self, model: type[Model]) -> tuple[type[Model], Any]:
        """Return the model pointed at, and the field of it that the value must be found in."""
        field = model._meta.get_field(self.field)
        if self.parent:
            parent = model._meta.apps.get_model(self.parent)
            return parent, parent._meta.get_field(self.field)
        parent = field.remote_field.model
        return parent, parent._meta.pk

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str | None = None) -> None:
        """Raise ValidationError at the field when the value is no row of this organization."""
        field = model._meta.get_field(self.field)
        if exclude and self.field in exclude:
            return
        value = getattr(instance, field.attname)
        if value is None:
            return
        parent, key = self._parent_and_key(model)
        if not parent._default_manager.using(using).filter(**{key.attname: value}).exists():
            raise ValidationError({self.field: _("This does not exist in this organization.")})

    def statement(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        tenant = model._meta.get_field(TENANT_FIELD)
        parent, key = self._parent_and_key(model)
        parent_tenant = parent._meta.get_field(TENANT_FIELD)
        # Under a forced policy the owner cannot validate the key (it sees no row), so the policy is lifted from
        # the owner for this one transaction. The application role never gains anything by it.
        return Statement(
            "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(parent)s NO FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(tenant)s, %(column)s) "
            "REFERENCES %(parent)s (%(parent_tenant)s, %(key)s) DEFERRABLE INITIALLY DEFERRED; "
            "ALTER TABLE %(parent)s FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            tenant=quote(tenant.column),
            column=quote(field.column),
            parent=quote(parent._meta.db_table),
            parent_tenant=quote(parent_tenant.column),
            key=quote(key.column),
        )

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
        )


class TenantWall(_DeferredConstraint):
    """Row-level security, enabled and forced, with the one policy that compares the organization.

    The settings are read bare, without a sub-select or function of ours, because distributed tables accept nothing
    else. Permissive policies are OR-ed, so a second one may open the table: a test knows each by name. The only
    second one is made by `own_rows`, the name of a foreign key to the user: these users may read (not write) their
    own rows in every organization, while `app.user_id` says who they are.
    """

    CONDITION = "%s = NULLIF(current_setting('app.organization_id', true), '')::bigint"
    OWN_CONDITION = "%s = NULLIF(current_setting('app.user_id', true), '')::bigint"

    def __init__(self, *, name: str, own_rows: str | None = None) -> None:
        super().__init__(name=name)
        self.own_rows = own_rows

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        if self.own_rows:
            kwargs["own_rows"] = self.own_rows
        return path, args, kwargs

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str | None = None) -> None:
        """Accept: the database itself refuses what does not fit."""

    def statement(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        template = (
            "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY; "
            "ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY; "
            "CREATE POLICY %(name)s ON %(table)s USING (%(condition)s) WITH CHECK (%(condition)s)"
        )
        parts: dict[str, Any] = {
            "table": Table(model._meta.db_table, quote),
            "name": quote(self.name),
            "condition": self.CONDITION % quote(model._meta.get_field(TENANT_FIELD).column),
        }
        if self.own_rows:
            template += "; CREATE POLICY %(own_name)s ON %(table)s FOR SELECT USING (%(own_condition)s)"
            parts["own_name"] = quote(f"{self.name}_own")
            parts["own_condition"] = self.OWN_CONDITION % quote(model._meta.get_field(self.own_rows).column)
        return Statement(template, **parts)

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        template = (
            "DROP POLICY %(name)s ON %(table)s; "
            "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(table)s DISABLE ROW LEVEL SECURITY"
        )
        if self.own_rows:
            template = "DROP POLICY %(own_name)s ON %(table)s; " + template
        return Statement(
            template,
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            own_name=quote(f"{self.name}_own"),
        )
