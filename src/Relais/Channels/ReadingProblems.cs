namespace Relais.Channels;

/// <summary>Gathers what could not be read in one body into the one sentence its quarantine row shows.</summary>
internal sealed class ReadingProblems
{
    /// <summary>A body may hold 1,000 broken parts; a person needs the first few.</summary>
    private const int Shown = 3;

    private readonly List<string> shown = new(0);
    private int count;

    public void Add(string problem)
    {
        if (count++ < Shown)
        {
            shown.Add(problem);
        }
    }

    public string? Sentence => count switch
    {
        0 => null,
        <= Shown => $"{string.Join("; ", shown)}.",
        _ => $"{string.Join("; ", shown)}; and {count - Shown} more.",
    };
}
