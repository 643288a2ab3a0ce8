using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Relais.Foundation.Csv;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation.Csv;

/// <summary>What leaves as CSV is safe in a spreadsheet and comes back as it was; what spreadsheets write is read.</summary>
public sealed class CsvTests
{
    private static readonly CsvLimits Limits = new();

    private static Gen<string> Cells => Gen.ListOf(Gen.Frequency(
            (10, Gen.Elements("Amal", "+212612345678", "12", "é", "أحمد", "🙂", "a b")),
            (4, Gen.Elements("=", "+", "-", "@", "'", "＝", "＠", "\t", "\r", "\n", "\r\n")),
            (4, Gen.Elements("\"", ",", ";", "|", " ", "\"\"", "sep=;"))), 5)
        .Select(string.Concat);

    [Fact]
    public void What_was_written_is_read_back_cell_by_cell() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(1, 6).SelectMany(width =>
            Gen.ListOf(Gen.ArrayOf(Cells, width), 5))), rows =>
        {
            var filled = rows.Where(r => r.Length > 1 || r[0].Length > 0).Prepend([.. Enumerable.Range(0, rows.First().Length).Select(i => "column " + i)]).ToList();
            var read = Read(CsvWriting.File(filled)).Cast<CsvRead.Row>().Select(r => r.Cells).ToList();
            read.Count.ShouldBe(filled.Count);
            foreach (var (was, is_) in filled.Zip(read))
            {
                is_.ShouldBe(was);
            }
        }));

    [Fact]
    public void No_cell_begins_as_a_formula_does() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Cells), cell =>
        {
            var guarded = CsvGuard.Guard(cell);
            CsvGuard.Unguard(guarded).ShouldBe(cell);
            (guarded.Length == 0 || !"=+-@\t\r\n＝＋－＠".Contains(guarded.TrimStart(' ') is { Length: > 0 } shown ? shown[0] : ' ', StringComparison.Ordinal)).ShouldBeTrue(guarded);
        }));

    [Theory]
    [InlineData("a,b\r\n1,\"x\ny\"\r\n\r\n3,4\r\n", "1:a|b 2:1|x\ny 4:3|4")]
    [InlineData("a;b\n1;\"2,5\"\n", "1:a|b 2:1|2,5")]
    [InlineData("a\tb\n1\t2", "1:a|b 2:1|2")]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n", "1:a|b 2:1|2")]
    [InlineData("nom\nAmal\n", "1:nom 2:Amal")]
    [InlineData("taille\n12\" rond\n", "1:taille 2:12\" rond")]
    [InlineData("tel,nom\n'+212612345678,'=Amal\n", "1:tel|nom 2:+212612345678|=Amal")]
    public void Files_of_spreadsheets_are_read(string file, string wanted) => Shown(Read(Encoding.UTF8.GetBytes(file))).ShouldBe(wanted);

    [Fact]
    public void Pages_and_marks_are_told_apart()
    {
        const string file = "prénom;ville\nHélène;Fès – 5 €\n";
        const string wanted = "1:prénom|ville 2:Hélène|Fès – 5 €";
        byte[] windows = [.. file.Select(c => c switch { '€' => (byte)0x80, '–' => (byte)0x96, _ => (byte)c })];
        Shown(Read(windows)).ShouldBe(wanted);
        foreach (var encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
        {
            Shown(Read([.. encoding.GetPreamble(), .. encoding.GetBytes(file)])).ShouldBe(wanted);
        }

        Shown(Read(Encoding.UTF8.GetBytes(file))).ShouldBe(wanted);
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3,4\n", CsvFault.OpenQuote, 2)]
    [InlineData("a,b\n1,\"2\"\"\n3,4\n", CsvFault.OpenQuote, 2)]
    [InlineData("a,b\n1,2\n3,\0\n", CsvFault.NotText, 1)]
    [InlineData("PK\u0003\u0004xxxx", CsvFault.NotText, 1)]
    [InlineData("a\n1\n2\n3\n4\n5\n", CsvFault.TooManyRows, 5)]
    [InlineData("a\n1,2,3,4,5,6\n", CsvFault.TooManyCells, 2)]
    [InlineData("a\n123456789012345678901\n", CsvFault.CellTooLong, 2)]
    public void What_cannot_be_read_is_told_with_its_row(string file, object fault, int row) =>
        Read(Encoding.UTF8.GetBytes(file), new CsvLimits(5, 20, 4))[^1].ShouldBe(new CsvRead.Broken(row, (CsvFault)fault));

    [Fact]
    public void A_file_is_read_while_it_comes_in()
    {
        using var endless = new Endless();
        var rows = 0;
        foreach (var read in CsvReading.Read(endless, new CsvLimits(MostRows: 50_000), TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken))
        {
            rows += read is CsvRead.Row ? 1 : 0;
        }

        rows.ShouldBe(50_000);
    }

    private static List<CsvRead> Read(byte[] bytes, CsvLimits? limits = null) =>
        [.. CsvReading.Read(new MemoryStream(bytes), limits ?? Limits, CancellationToken.None).ToBlockingEnumerable()];

    private static string Shown(List<CsvRead> read) => string.Join(' ', read.Cast<CsvRead.Row>().Select(r => $"{r.Number}:{string.Join('|', r.Cells)}"));

    private sealed class Endless : MemoryStream
    {
        private static readonly byte[] Line = Encoding.UTF8.GetBytes("Amal,+212612345678\n");

        public override int Read(Span<byte> buffer)
        {
            var lines = buffer.Length / Line.Length;
            for (var i = 0; i < lines; i++)
            {
                Line.CopyTo(buffer[(i * Line.Length)..]);
            }

            return lines * Line.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }
}
