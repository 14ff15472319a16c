"""The register of sources, and each source with its claims."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from courseware.core.permissions import Permission
from courseware.courses import queries
from courseware.courses.models import ClaimRelation
from courseware.web.guard import requires

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
@requires(Permission.COURSE_READ)
def register() -> ResponseReturnValue:
    """List the sources with what a careful reader notes about each."""
    version = queries.get_current_version()
    return render_template("sources/register.html", version=version, sources=queries.list_sources(version.id))


@blueprint.get("/sources/<slug:source_key>")
@requires(Permission.COURSE_READ)
def source(source_key: str) -> ResponseReturnValue:
    """Show a source and every claim it makes, each with what bears on it."""
    version = queries.get_current_version()
    source = queries.find_source(version.id, source_key)
    if source is None:
        raise NotFound
    relations: dict[int, list[ClaimRelation]] = {}
    for relation in queries.list_relations(source.id):
        relations.setdefault(relation.from_claim_id, []).append(relation)
    return render_template(
        "sources/source.html", source=source, claims=queries.list_claims(source.id), relations=relations
    )
