using System.Numerics;

namespace Relais.Knowledge.Documents;

/// <summary>Glyphs of one show operator.</summary>
/// <param name="Text">As they are drawn, from left to right.</param>
/// <param name="X">Where it begins, points.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Y">Its base line, points from the bottom.</param>
/// <param name="Size">Of its letters, points.</param>
internal readonly record struct PdfRun(string Text, float X, float End, float Y, float Size);

/// <summary>Follows a page's operators as far as they place text (ISO 32000-1, 9.4) and keeps what is shown, where.</summary>
internal sealed class PdfPageText(PdfFile file, PdfFonts fonts)
{
    private const int DeepestForm = 5;
    private const int MostForms = 1_000;
    private const int MostGlyphs = 500_000;

    /// <summary>A content stream with more operands at once is none.</summary>
    private const int MostOperands = 1_000;

    private readonly Stack<(Matrix3x2 Place, PdfLetters? Font, float Size)> saved = [];
    private Matrix3x2 place = Matrix3x2.Identity;
    private Matrix3x2 text = Matrix3x2.Identity;
    private Matrix3x2 line = Matrix3x2.Identity;
    private PdfLetters? font;
    private float size = 1;
    private float leading;
    private float charSpace;
    private float wordSpace;
    private float stretch = 1;
    private int forms;

    public List<PdfRun> Runs { get; } = [];

    public int Glyphs { get; private set; }

    /// <summary>Glyphs whose letters nobody knows.</summary>
    public int Unknown { get; private set; }

    public void Read(byte[] content, Dictionary<string, object?>? resources, int depth = 0)
    {
        var scanner = new PdfScanner(content);
        var operands = new List<object?>();
        while (!scanner.IsAtEnd)
        {
            var value = scanner.Next(isFile: false);
            if (value is not PdfWord word)
            {
                operands.Add(value);
                if (operands.Count > MostOperands)
                {
                    operands.Clear();
                }

                continue;
            }

            if (word.Text == "ID")
            {
                scanner.SkipPicture();
            }

            Follow(word.Text, operands, resources, depth);
            operands.Clear();
        }
    }

    private void Follow(string name, List<object?> of, Dictionary<string, object?>? resources, int depth)
    {
        switch (name)
        {
            case "q":
                saved.Push((place, font, size));
                break;
            case "Q" when saved.Count > 0:
                (place, font, size) = saved.Pop();
                break;
            case "cm":
                place = Matrix(of) * place;
                break;
            case "BT":
                text = line = Matrix3x2.Identity;
                break;
            case "Tf":
                font = Font(of.OfType<PdfName>().FirstOrDefault()?.Text, resources);
                size = Number(of, 1);
                break;
            case "Tc": charSpace = Number(of, 0); break;
            case "Tw": wordSpace = Number(of, 0); break;
            case "Tz": stretch = Number(of, 0) / 100; break;
            case "TL": leading = Number(of, 0); break;
            case "Td":
                Next(Number(of, 0), Number(of, 1));
                break;
            case "TD":
                leading = -Number(of, 1);
                Next(Number(of, 0), Number(of, 1));
                break;
            case "Tm":
                text = line = Matrix(of);
                break;
            case "T*":
                Next(0, -leading);
                break;
            case "Tj" or "TJ":
                Show(of);
                break;
            case "'" or "\"":
                Next(0, -leading);
                Show(of);
                break;
            case "Do" when depth < DeepestForm && forms++ < MostForms:
                Form(of.OfType<PdfName>().FirstOrDefault()?.Text, resources, depth);
                break;
        }
    }

    private void Next(float x, float y) => text = line = Matrix3x2.CreateTranslation(x, y) * line;

    private void Show(List<object?> of, bool isArray = false)
    {
        foreach (var item in of)
        {
            switch (item)
            {
                case List<object?> array:
                    Show(array, isArray: true);
                    break;
                case string shown:
                    Show(shown);
                    break;
                case double step when isArray:
                    Advance(-step / 1000 * size * stretch);
                    break;
            }
        }
    }

    private void Show(string codes)
    {
        if (font is null || Glyphs > MostGlyphs)
        {
            return;
        }

        foreach (var (letters, width, isSpace) in font.Read(codes))
        {
            var from = At();
            var step = ((width * size / 1000) + charSpace + (isSpace ? wordSpace : 0)) * stretch;
            Advance(step);
            Glyphs++;
            Unknown += letters is null ? 1 : 0;
            if (letters is { Length: > 0 })
            {
                var to = At();
                Runs.Add(new(letters, from.X, to.X, from.Y, Height()));
            }
        }
    }

    private void Advance(double by) => text = Matrix3x2.CreateTranslation((float)by, 0) * text;

    private Vector2 At() => Vector2.Transform(Vector2.Zero, text * place);

    private float Height() => Vector2.TransformNormal(new Vector2(0, size), text * place).Length();

    private void Form(string? name, Dictionary<string, object?>? resources, int depth)
    {
        if (Named(resources, "XObject", name) is not PdfStream form || !PdfFile.Is(form.Entries, "Subtype", "Form"))
        {
            return;
        }

        saved.Push((place, font, size));
        if (file.Get(form.Entries, "Matrix") is List<object?> { Count: 6 } m)
        {
            place = Matrix(m) * place;
        }

        Read(file.Unpack(form), file.Dictionary(form.Entries.GetValueOrDefault("Resources")) ?? resources, depth + 1);
        (place, font, size) = saved.Pop();
    }

    private PdfLetters? Font(string? name, Dictionary<string, object?>? resources) =>
        Named(resources, "Font", name) is Dictionary<string, object?> found ? fonts.Of(found) : null;

    private object? Named(Dictionary<string, object?>? resources, string kind, string? name) =>
        name is null ? null : file.Get(file.Dictionary(resources?.GetValueOrDefault(kind)), name);

    private static Matrix3x2 Matrix(List<object?> of) => new(Number(of, 0), Number(of, 1), Number(of, 2), Number(of, 3), Number(of, 4), Number(of, 5));

    private static float Number(List<object?> of, int at) => at < of.Count && of[at] is double number ? (float)number : 0;
}
