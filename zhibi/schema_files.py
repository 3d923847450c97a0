"""The schema files that editors read: one JSON file a kind of YAML file, made from `schema`."""

from __future__ import annotations

import json

from zhibi.errors import Problem, ReportError, has_errors
from zhibi.model import Project
from zhibi.schema import Schema, config_schema, paper_schema, plan_schema, template_schema
from zhibi.templates import SUFFIX, read_template


def schema_files(project: Project) -> dict[str, str]:
    """Return file name -> JSON text for config, plans, templates and each kind of paper."""
    schemas: dict[str, Schema] = {"配置": config_schema(), "计划": plan_schema(), "模板": template_schema()}
    problems: list[Problem] = []
    for path in sorted(project.templates.glob(f"*{SUFFIX}")):
        template, more = read_template(path, project.shown(path))
        problems += more
        if template is not None and not has_errors(more):
            schemas[template.name] = paper_schema(template.name, template.spec.get("字段", {}))
    if has_errors(problems):
        raise ReportError(problems)
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
    }
