"""Charts as SVG written by the server: geometry in attributes, paint in static/src/css/charts.css.

Every function returns safe HTML with a text label; those that show more than two numbers carry a table for
readers that cannot see the picture. Shares are raw (1 = 100 %), may be missing, and are cut to 0–1 for drawing
only.
"""
