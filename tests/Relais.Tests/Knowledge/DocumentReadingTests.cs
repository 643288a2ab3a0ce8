using System.Text;
using Relais.Foundation;
using Relais.Knowledge.Documents;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class DocumentReadingTests
{
    private static byte[] Atlas => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payloads/documents/atlas.pdf"));

    [Fact]
    public void A_pdf_of_a_browser_is_read_with_its_headings_and_its_Arabic_the_right_way_round()
    {
        var passages = PassageCutter.Cut(PdfText.Read(Atlas));
        passages[1].ShouldBe(new Passage("Guide de la Boutique Atlas › Retours et échanges",
            "Vous pouvez rendre un tapis dans les quatorze jours qui suivent la livraison, à condition qu'il n'ait pas été lavé. L'étiquette doit rester cousue au dos.\n"
            + "Les coussins brodés sur commande ne sont ni repris ni échangés."));
        passages[3].ShouldBe(new Passage("Guide de la Boutique Atlas › التنظيف والعناية",
            "يجب تنظيف السجاد بالماء البارد فقط (لا تستعمل المبيض). يمكن غسل الوسائد في الغسالة عند 30 درجة مئوية."));
    }

    [Fact]
    public async Task A_pdf_without_text_or_with_a_password_says_what_to_do()
    {
        (await Read(DocumentFormat.Pdf, Pdf("/Type /Page", ""))).ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("scan");
        (await Read(DocumentFormat.Pdf, Pdf("/Type /Page", "", "/Encrypt 9 0 R"))).ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("password");
        (await Read(DocumentFormat.Pdf, "%PDF-1.7 nothing"u8.ToArray())).ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("damaged");
    }

    [Fact]
    public void Codes_of_an_old_font_are_letters_by_its_encoding_and_gaps_are_spaces()
    {
        var font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /eacute /fi] >> >> >>";
        var content = "BT /F1 12 Tf 50 700 Td [(caf) (A) -400 (B\\351n)] TJ 0 -14 Td (suite) Tj ET";
        PdfText.Read(Pdf($"/Type /Page /Resources << {font} >>", content)).ShouldHaveSingleItem().Text.ShouldBe("café fién suite");
    }

    [Fact]
    public void A_damaged_pdf_ends_in_text_or_a_sentence_and_never_in_a_defect()
    {
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var bytes = Atlas;
            for (var changes = random.Next(1, 30); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (i % 5 == 0)
            {
                bytes = bytes[..random.Next(10, bytes.Length)];
            }

            try
            {
                PassageCutter.Cut(PdfText.Read(bytes));
            }
            catch (UnreadableException)
            {
                // As it should.
            }
        }
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 80; i++)
            {
                zip.Write(zeros);
            }
        }

        var stream = Encoding.Latin1.GetString(packed.ToArray());
        Should.Throw<UnreadableException>(() => PdfText.Read(Pdf("/Type /Page", stream, filter: "/Filter /FlateDecode"))).Message.ShouldContain("unpacks");
    }

    [Fact]
    public void Markdown_keeps_headings_lists_and_tables_and_loses_addresses()
    {
        var blocks = MarkdownText.Read("# Prix\nVoir [la liste](https://x.example/a) *ici*.\n\n- un\n- deux\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>");
        blocks.Take(4).ShouldBe([new(1, "Prix"), new(0, "Voir la liste ici."), new(0, "- un\n- deux"), new(0, "A | B\n1 | 2")]);
    }

    [Fact]
    public void A_page_is_read_without_its_menus_and_scripts()
    {
        var page = "<html><head><title>T</title><style>p{}</style></head><body><nav>Accueil</nav><h1>Retours</h1><p>Sous <b>14</b> jours.</p><ul><li>gratuit</li></ul><script>alert(1)</script><p hidden>secret</p></body></html>";
        HtmlText.Read(Encoding.UTF8.GetBytes(page), null).Blocks.ShouldBe([new(1, "Retours"), new(0, "Sous 14 jours."), new(0, "- gratuit")]);
        HtmlText.Read(Encoding.Latin1.GetBytes("<p>\u00e9t\u00e9</p>"), "iso-8859-1").Blocks.ShouldHaveSingleItem().Text.ShouldBe("été");
    }

    [Fact]
    public void Long_paragraphs_are_cut_between_sentences_and_overlap_by_one()
    {
        var passages = PassageCutter.Cut([new(1, "A"), new(2, "B"), new(0, string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Phrase numéro {i} avec quelques mots de plus."))), new(1, "C"), new(0, "Fin.")]);
        passages.Count.ShouldBe(4);
        passages[0].Heading.ShouldBe("A › B");
        passages[0].Text.ShouldEndWith("Phrase numéro 22 avec quelques mots de plus.");
        passages[1].Text.ShouldStartWith("Phrase numéro 22 avec quelques mots de plus. Phrase numéro 23");
        passages[^1].ShouldBe(new Passage("C", "Fin."));
    }

    [Fact]
    public async Task A_page_is_fetched_through_redirects_and_what_is_no_text_is_refused()
    {
        using var page = new FakeProvider(Answer.Http(200, "text/html; charset=utf-8", "<h1>Visites</h1><p>Le jeudi seulement.</p>"));
        using var first = new FakeProvider(Answer.Http(302, "text/plain", "", $"Location: {page.Url}\r\n"));
        using var film = new FakeProvider(Answer.Http(200, "video/mp4", "x"));
        using var gone = new FakeProvider(Answer.Http(404, "text/html", "x"));
        (await Fetch(first.Url)).ShouldBeOfType<ReadEnd.Done>().Passages.ShouldHaveSingleItem().ShouldBe(new Passage("Visites", "Le jeudi seulement."));
        (await Fetch(film.Url)).ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("video/mp4");
        (await Fetch(gone.Url)).ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("404");

        using var strict = new SafeHttp();
        (await new DocumentReading(strict).Read(new Document { Format = DocumentFormat.Url, Url = "https://10.0.0.7/x" }, null, CancellationToken.None))
            .ShouldBeOfType<ReadEnd.Never>().Problem.ShouldContain("private network");
    }

    private static async Task<ReadEnd> Fetch(Uri url)
    {
        using var http = new SafeHttp(allowsLocal: true);
        return await new DocumentReading(http).Read(new Document { Format = DocumentFormat.Url, Url = url.ToString() }, null, CancellationToken.None);
    }

    private static async Task<ReadEnd> Read(string format, byte[] bytes)
    {
        using var http = new SafeHttp();
        return await new DocumentReading(http).Read(new Document { Format = format }, bytes, CancellationToken.None);
    }

    /// <summary>A PDF of one page, without the table of objects that nobody needs.</summary>
    private static byte[] Pdf(string page, string content, string trailer = "", string filter = "") => Encoding.Latin1.GetBytes(
        $"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        + $"3 0 obj\n<< {page} /Parent 2 0 R /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length {content.Length} {filter} >>\nstream\n{content}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R {trailer} >>\n");
}
