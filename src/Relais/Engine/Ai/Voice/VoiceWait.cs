using Relais.Foundation;

namespace Relais.Engine.Ai.Voice;

/// <summary>How long a turn waits for a voice note to be written down. Pure but for what the directory knows; costs no query.</summary>
internal sealed class VoiceWait(TranscriptionDirectory directory)
{
    /// <summary>After the note; fetching it and writing it down takes two or three seconds when all goes well.</summary>
    public const long Longest = 20 * Instants.Second;

    private const long UntilLoaded = Instants.Second / 5;

    /// <summary>Null when the turn goes on: nothing is awaited, nobody writes notes down here, or the time is over.</summary>
    public TimeSpan? Of(DueTurn due, long now)
    {
        if (due.VoiceAt is not { } since || (directory.IsLoaded && directory.Of(due.Turn.TenantId) is null))
        {
            return null;
        }

        var left = since + Longest - now;
        return left <= 0 ? null : TimeSpan.FromMicroseconds(directory.IsLoaded ? left : Math.Min(left, UntilLoaded));
    }
}
