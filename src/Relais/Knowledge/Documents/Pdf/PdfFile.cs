using System.IO.Compression;
using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>A dictionary whose bytes follow it.</summary>
/// <param name="Entries">What it says of them.</param>
/// <param name="Packed">As they stand in the file.</param>
internal sealed record PdfStream(Dictionary<string, object?> Entries, ReadOnlyMemory<byte> Packed);

/// <summary>
/// The objects of a PDF, found by reading the whole file: its cross-reference tables are not needed, nor trusted. A later object
/// of the same number wins, as in a file that was changed. What is unpacked is bounded.
/// </summary>
internal sealed class PdfFile
{
    private const int MostOfOne = 64 * 1024 * 1024;
    private const long MostOfAll = 256L * 1024 * 1024;
    private const int MostObjects = 500_000;

    private readonly Dictionary<int, object?> objects = [];
    private long unpacked;

    private PdfFile()
    {
    }

    /// <summary>The catalogue.</summary>
    public Dictionary<string, object?> Root { get; private set; } = [];

    public bool IsEncrypted { get; private set; }

    public static PdfFile Read(byte[] bytes)
    {
        var file = new PdfFile();
        for (var at = 0; bytes.AsSpan(at).IndexOf("obj"u8) is >= 0 and var offset && file.objects.Count < MostObjects;)
        {
            at += offset;
            at = NumberBefore(bytes, at) is { } number ? file.Object(bytes, number, at + 3) : at + 3;
        }

        for (var at = 0; bytes.AsSpan(at).IndexOf("trailer"u8) is >= 0 and var offset;)
        {
            at += offset + 7;
            file.Trailer(new PdfScanner(bytes, at).Next(isFile: true) as Dictionary<string, object?>);
        }

        foreach (var stream in file.objects.Values.OfType<PdfStream>().ToList())
        {
            if (Is(stream.Entries, "Type", "XRef"))
            {
                file.Trailer(stream.Entries);
            }
        }

        if (!file.IsEncrypted)
        {
            foreach (var (number, stream) in file.objects.Where(o => o.Value is PdfStream s && Is(s.Entries, "Type", "ObjStm")).Select(o => (o.Key, (PdfStream)o.Value!)).OrderBy(o => o.Key).ToList())
            {
                file.Inner(stream);
            }
        }

        return file;
    }

    public object? Of(object? value)
    {
        for (var hops = 0; value is PdfRef to && hops < 10; hops++)
        {
            value = objects.GetValueOrDefault(to.Number);
        }

        return value;
    }

    public object? Get(Dictionary<string, object?>? from, string key) => Of(from?.GetValueOrDefault(key));

    public Dictionary<string, object?>? Dictionary(object? value) => Of(value) switch
    {
        Dictionary<string, object?> entries => entries,
        PdfStream stream => stream.Entries,
        _ => null,
    };

    public static bool Is(Dictionary<string, object?>? entries, string key, string name) => entries?.GetValueOrDefault(key) is PdfName { Text: var text } && text == name;

    /// <summary>A stream's bytes; empty for pictures and other packings that hold no text.</summary>
    public byte[] Unpack(PdfStream stream)
    {
        var bytes = stream.Packed;
        List<object?> filters = Get(stream.Entries, "Filter") switch
        {
            List<object?> several => several,
            PdfName one => [one],
            _ => [],
        };
        foreach (var filter in filters)
        {
            bytes = (Of(filter) as PdfName)?.Text switch
            {
                "FlateDecode" or "Fl" => Inflate(bytes),
                "ASCII85Decode" or "A85" => Ascii85(bytes.Span),
                "ASCIIHexDecode" or "AHx" => Encoding.Latin1.GetBytes((string)new PdfScanner([(byte)'<', .. bytes.Span, (byte)'>']).Next(isFile: false)!),
                _ => Array.Empty<byte>(),
            };
        }

        return bytes.ToArray();
    }

    private static int? NumberBefore(byte[] bytes, int at)
    {
        // "12 0 obj", and not the end of "endobj".
        var i = at - 1;
        var (generation, space, number) = (0, 0, "");
        for (; i >= 0 && bytes[i] is 32 or 10 or 13 or 9; i--)
        {
            space++;
        }

        for (; i >= 0 && char.IsAsciiDigit((char)bytes[i]); i--)
        {
            generation++;
        }

        for (; i >= 0 && bytes[i] is 32 or 10 or 13 or 9; i--)
        {
            space++;
        }

        for (; i >= 0 && char.IsAsciiDigit((char)bytes[i]) && number.Length < 9; i--)
        {
            number = (char)bytes[i] + number;
        }

        return generation > 0 && space > 1 && number.Length > 0 ? int.Parse(number) : null;
    }

    private int Object(byte[] bytes, int number, int at)
    {
        var scanner = new PdfScanner(bytes, at);
        var value = scanner.Next(isFile: true);
        var end = scanner.At;
        if (value is Dictionary<string, object?> entries && scanner.Next(isFile: true) is PdfWord { Text: "stream" })
        {
            var from = scanner.At;
            from += from < bytes.Length && bytes[from] == '\r' ? 1 : 0;
            from += from < bytes.Length && bytes[from] == '\n' ? 1 : 0;

            // The length may be a reference to an object that is not read yet; where the stated one does not fit, the keyword tells.
            var length = entries.GetValueOrDefault("Length") is double stated && stated >= 0 && from + stated < bytes.Length
                && bytes.AsSpan(from + (int)stated, Math.Min(20, bytes.Length - from - (int)stated)).IndexOf("endstream"u8) >= 0
                ? (int)stated : bytes.AsSpan(from).IndexOf("endstream"u8) is >= 0 and var found ? found : bytes.Length - from;
            value = new PdfStream(entries, bytes.AsMemory(from, length));
            end = from + length;
        }

        objects[number] = value;
        return Math.Max(end, at);
    }

    private void Trailer(Dictionary<string, object?>? entries)
    {
        IsEncrypted |= entries?.ContainsKey("Encrypt") == true;
        if (entries?.GetValueOrDefault("Root") is PdfRef root)
        {
            Root = new(StringComparer.Ordinal) { ["Root"] = root };
        }
    }

    /// <summary>Objects packed together; one that also stands outside is older than that one as a rule, so it does not replace it.</summary>
    private void Inner(PdfStream stream)
    {
        var bytes = Unpack(stream);
        var index = new PdfScanner(bytes);
        var first = Get(stream.Entries, "First") is double f ? (int)f : 0;
        var count = Get(stream.Entries, "N") is double n ? (int)n : 0;
        for (var i = 0; i < count && objects.Count < MostObjects; i++)
        {
            if (index.Next(isFile: false) is not double number || index.Next(isFile: false) is not double offset || first + offset >= bytes.Length || offset < 0)
            {
                return;
            }

            objects[(int)number] = new PdfScanner(bytes, first + (int)offset).Next(isFile: true);
        }
    }

    private byte[] Inflate(ReadOnlyMemory<byte> packed)
    {
        using var into = new MemoryStream();
        try
        {
            using var from = new MemoryStream(packed.ToArray(), writable: false);
            using var inflating = new ZLibStream(from, CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            while (inflating.Read(buffer) is > 0 and var count)
            {
                into.Write(buffer, 0, count);
                unpacked += count;
                if (into.Length > MostOfOne || unpacked > MostOfAll)
                {
                    throw new UnreadableException("The PDF unpacks to far more than its size. Export it anew, or send its text.");
                }
            }
        }
        catch (InvalidDataException)
        {
            // Cut off or damaged: what came before it counts.
        }

        return into.ToArray();
    }

    private static byte[] Ascii85(ReadOnlySpan<byte> packed)
    {
        var bytes = new List<byte>(packed.Length);
        Span<byte> group = stackalloc byte[5];
        var have = 0;
        foreach (var b in packed)
        {
            if (b == '~')
            {
                break;
            }

            if (b == 'z' && have == 0)
            {
                bytes.AddRange([0, 0, 0, 0]);
            }
            else if (b is >= (byte)'!' and <= (byte)'u')
            {
                group[have++] = b;
                if (have == 5)
                {
                    Add(group, 4);
                    have = 0;
                }
            }
        }

        if (have > 1)
        {
            group[have..].Fill((byte)'u');
            Add(group, have - 1);
        }

        return [.. bytes];

        void Add(ReadOnlySpan<byte> five, int count)
        {
            var value = 0u;
            foreach (var digit in five)
            {
                value = unchecked((value * 85) + digit - '!');
            }

            for (var i = 0; i < count; i++)
            {
                bytes.Add((byte)(value >> (24 - (8 * i))));
            }
        }
    }
}
