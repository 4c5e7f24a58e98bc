"""The pictures that the playground shows, each at an address that only who sees it is told."""

from collections import OrderedDict
from hashlib import sha256

from aiohttp import web

from bot.web import guard
from handlers.chat.charts import Chart, written
from handlers.pictures.drawing import draw

PATH = "/pictures"
KEPT = 300  # of the newest; a page that is loaded anew asks for all of its own


class Pictures:
    """Charts by the end of their address."""

    def __init__(self) -> None:
        self._charts: OrderedDict[str, Chart] = OrderedDict()

    def href(self, chart: Chart) -> str:
        """The address at which the chart is shown from now on."""
        name = sha256(written(chart).encode()).hexdigest()
        self._charts[name] = chart
        self._charts.move_to_end(name)
        if len(self._charts) > KEPT:
            self._charts.popitem(last=False)
        return f"{PATH}/{name}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A picture; it is drawn when somebody looks at it."""
        chart = self._charts.get(request.match_info["name"])
        if chart is None:
            return guard.problem(404, "There is no such picture, or it is no longer kept.")
        return web.Response(body=await draw(chart), content_type="image/png")
