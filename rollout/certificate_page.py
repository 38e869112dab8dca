"""The page of a certificate: A4 across, in the type of the pages. Its libraries take seconds to load."""

from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from rollout.certificate_pdf import Printed

# Millimetres of A4, and the frame around the text.
WIDTH, HEIGHT, FRAME, MARGIN = 297.0, 210.0, 12.0, 34.0
INK, MUTED, LINE, ACCENT = (24, 24, 27), (95, 95, 107), (222, 222, 228), (79, 70, 229)
FONT = "Inter"
# Weight and optical size by style.
CUTS = {"": (400, 20), "B": (650, 28)}
LARGEST_NAME, LARGEST_TITLE, SMALLEST = 40.0, 24.0, 13.0


def drawn(words: Printed) -> bytes:
    """Return a page with these words as the bytes of a PDF file."""
    with TemporaryDirectory() as folder:
        page = _Page(words)
        for style in CUTS:
            page.add_font(FONT, style, _cut(style, words.everything, Path(folder)))
        page.draw()
        return bytes(page.output())


class _Page(FPDF):
    """The one page."""

    def __init__(self, words: Printed) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self.words = words
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(f"{words.heading}: {words.title}")
        self.set_author(words.organization)
        self.set_lang(words.language)

    def draw(self) -> None:
        """Put everything on the page."""
        words = self.words
        self.add_page()
        self.set_draw_color(*LINE)
        self.set_line_width(0.4)
        self.rect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)
        self.set_fill_color(*ACCENT)
        self.rect(FRAME, FRAME, 4, HEIGHT - 2 * FRAME, style="F")
        self._line(words.organization, at=30, size=13, color=INK, strong=True)
        self._line(words.heading.upper(), at=52, size=12, color=ACCENT, strong=True, spacing=2.4)
        self._line(words.certifies, at=66, size=13, color=MUTED)
        self._line(words.name, at=80, size=LARGEST_NAME, color=INK, strong=True)
        self._line(words.took_part, at=104, size=13, color=MUTED)
        self._block(words.title, at=116)
        self._details(at=160)

    def _line(
        self,
        text: str,
        *,
        at: float,
        size: float,
        color: tuple[int, int, int],
        strong: bool = False,
        spacing: float = 0,
    ) -> None:
        """One line from the margin on, smaller where it would not fit."""
        self.set_font(FONT, "B" if strong else "", self._fitting(text, size, strong))
        self.set_char_spacing(spacing)
        self.set_text_color(*color)
        self.set_xy(MARGIN, at)
        self.cell(WIDTH - 2 * MARGIN, 10, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_char_spacing(0)

    def _block(self, text: str, *, at: float) -> None:
        """The title, on two lines if it is long."""
        width = WIDTH - 2 * MARGIN
        self.set_font(FONT, "B", LARGEST_TITLE)
        size = LARGEST_TITLE
        while self.get_string_width(text) > 1.8 * width and size > SMALLEST:
            size -= 1
            self.set_font(FONT, "B", size)
        self.set_text_color(*INK)
        self.set_xy(MARGIN, at)
        self.multi_cell(width, size * 0.46, text, align=Align.L)

    def _details(self, *, at: float) -> None:
        """Day, number and what else there is, beside each other below a line."""
        self.set_draw_color(*LINE)
        self.line(MARGIN, at, WIDTH - MARGIN, at)
        width = (WIDTH - 2 * MARGIN) / len(self.words.details)
        for number, (label, value) in enumerate(self.words.details):
            x = MARGIN + number * width
            self.set_xy(x, at + 5)
            self.set_font(FONT, "", 9)
            self.set_text_color(*MUTED)
            self.cell(width, 5, label)
            self.set_xy(x, at + 11)
            self.set_font(FONT, "B", 12)
            self.set_text_color(*INK)
            self.cell(width, 6, value)

    def _fitting(self, text: str, size: float, strong: bool) -> float:
        """Return the size at which a text fits on one line."""
        self.set_font(FONT, "B" if strong else "", size)
        width = self.get_string_width(text)
        room = WIDTH - 2 * MARGIN
        return size if width <= room else max(8.0, size * room / width)


def _cut(style: str, letters: str, folder: Path) -> Path:
    """Write the type in one style, with nothing but some letters, into a folder, and return where it lies.

    Reduced to them first: cutting the whole of it would take half a minute.
    """
    weight, size = CUTS[style]
    font = TTFont(str(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"))
    options = Options()
    # Letters stand beside each other as they come: no ligatures, no pairs.
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": weight, "opsz": size}, inplace=True)
    path = folder / f"{FONT}{style or 'R'}.ttf"
    font.save(path)
    return path
