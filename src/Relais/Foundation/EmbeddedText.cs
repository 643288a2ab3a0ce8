namespace Relais.Foundation;

/// <summary>Word lists and example lines that ship inside the program.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of an embedded file that hold something, trimmed.</summary>
    /// <param name="name">Folders and file below src/Relais, dots between: Knowledge.Words.meanings.txt.</param>
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream("Relais." + name)
            ?? throw new FileNotFoundException("It is not embedded.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
