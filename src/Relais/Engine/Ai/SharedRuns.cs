namespace Relais.Engine.Ai;

/// <summary>
/// Whether a text shares a run of so many characters with any of some others; a text that is shorter (but no mere word) as a whole. Rolling
/// hashes over 64 bits: a false yes needs a collision.
/// </summary>
internal sealed class SharedRuns
{
    private const ulong Base = 1_099_511_628_211;
    private const int Shortest = 16;

    private readonly Dictionary<int, HashSet<ulong>> byLength = [];

    public SharedRuns(int length, IEnumerable<string> texts)
    {
        foreach (var run in texts.Select(LeakForms.Run).Where(r => r.Length >= Shortest))
        {
            var window = Math.Min(length, run.Length);
            if (!byLength.TryGetValue(window, out var hashes))
            {
                byLength[window] = hashes = [];
            }

            hashes.UnionWith(Hashes(run, window));
        }
    }

    /// <param name="run">Of LeakForms.</param>
    public bool Share(string run)
    {
        foreach (var (length, hashes) in byLength)
        {
            if (Hashes(run, length).Any(hashes.Contains))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<ulong> Hashes(string run, int length)
    {
        if (run.Length < length)
        {
            yield break;
        }

        ulong hash = 0, first = 1;
        for (var i = 0; i < run.Length; i++)
        {
            unchecked
            {
                if (i < length)
                {
                    first = i == 0 ? 1 : first * Base;
                }
                else
                {
                    hash -= run[i - length] * first;
                }

                hash = (hash * Base) + run[i];
            }

            if (i >= length - 1)
            {
                yield return hash;
            }
        }
    }
}
