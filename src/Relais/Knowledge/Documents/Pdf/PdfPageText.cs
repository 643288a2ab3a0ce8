using System.Numerics;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.Content;
using PdfSharp.Pdf.Content.Objects;

namespace Relais.Knowledge.Documents;

/// <summary>Glyphs of one show operator.</summary>
/// <param name="Text">As they are drawn, from left to right.</param>
/// <param name="X">Where it begins, points.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Y">Its base line, points from the bottom.</param>
/// <param name="Size">Of its letters, points.</param>
internal readonly record struct PdfRun(string Text, float X, float End, float Y, float Size);

/// <summary>Follows a page's operators as far as they place text (ISO 32000-1, 9.4) and keeps what is shown, where.</summary>
internal sealed class PdfPageText
{
    private const int DeepestForm = 5;

    private readonly Dictionary<PdfDictionary, PdfLetters> fonts = [];
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

    public List<PdfRun> Runs { get; } = [];

    public int Glyphs { get; private set; }

    /// <summary>Glyphs whose letters nobody knows.</summary>
    public int Unknown { get; private set; }

    public void Read(CSequence content, PdfDictionary? resources, int depth = 0)
    {
        foreach (var op in content.OfType<COperator>())
        {
            Follow(op.Name, op.Operands, resources, depth);
        }
    }

    private void Follow(string name, CSequence of, PdfDictionary? resources, int depth)
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
                font = Font(of.OfType<CName>().FirstOrDefault()?.Name, resources);
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
            case "Do" when depth < DeepestForm:
                Form(of.OfType<CName>().FirstOrDefault()?.Name, resources, depth);
                break;
        }
    }

    private void Next(float x, float y) => text = line = Matrix3x2.CreateTranslation(x, y) * line;

    private void Show(CSequence of)
    {
        foreach (var item in of)
        {
            switch (item)
            {
                case CArray array:
                    Show(array);
                    break;
                case CString shown:
                    Show(shown.Value);
                    break;
                case CNumber when of is CArray:
                    var step = Value(item);
                    Advance(-step / 1000 * size * stretch);
                    break;
            }
        }
    }

    private void Show(string codes)
    {
        if (font is null)
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

    private void Form(string? name, PdfDictionary? resources, int depth)
    {
        if (Named(resources, "/XObject", name) is not { Stream: not null } form || form.Elements.GetName("/Subtype") != "/Form")
        {
            return;
        }

        saved.Push((place, font, size));
        if (form.Elements.GetArray("/Matrix") is { Elements.Count: 6 } m)
        {
            place = new Matrix3x2(Real(m, 0), Real(m, 1), Real(m, 2), Real(m, 3), Real(m, 4), Real(m, 5)) * place;
        }

        Read(ContentReader.ReadContent(form.Stream.UnfilteredValue), form.Elements.GetDictionary("/Resources") ?? resources, depth + 1);
        (place, font, size) = saved.Pop();
    }

    private PdfLetters? Font(string? name, PdfDictionary? resources)
    {
        if (Named(resources, "/Font", name) is not { } found)
        {
            return null;
        }

        if (!fonts.TryGetValue(found, out var letters))
        {
            fonts[found] = letters = PdfLetters.Of(found);
        }

        return letters;
    }

    private static PdfDictionary? Named(PdfDictionary? resources, string kind, string? name) =>
        name is null ? null : resources?.Elements.GetDictionary(kind)?.Elements.GetDictionary(name);

    private static float Real(PdfArray array, int at) => (float)array.Elements.GetReal(at);

    private static Matrix3x2 Matrix(CSequence of) => new(Number(of, 0), Number(of, 1), Number(of, 2), Number(of, 3), Number(of, 4), Number(of, 5));

    private static float Number(CSequence of, int at) => at < of.Count ? (float)Value(of[at]) : 0;

    private static double Value(CObject item) => item switch
    {
        CInteger whole => whole.Value,
        CReal real => real.Value,
        _ => 0,
    };
}
