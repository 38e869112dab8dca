"""Charts for templates: `{% load charts %}`. The drawing is in okrapp.web.charts; docs/interface.md has examples."""

from django import template

from okrapp.web.charts import burnup, heat, progress, sparkline, stacked

register = template.Library()

register.simple_tag(sparkline.sparkline, name="sparkline")
register.simple_tag(progress.ring, name="ring")
register.simple_tag(progress.pace_bar, name="pace_bar")
register.simple_tag(stacked.stacked_bar, name="stacked_bar")
register.simple_tag(stacked.legend, name="legend")
register.simple_tag(heat.heat_map, name="heat_map")
register.simple_tag(burnup.burn_up, name="burn_up")
