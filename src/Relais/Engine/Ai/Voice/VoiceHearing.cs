using Relais.Engine.Ai.Providers;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Engine.Ai.Voice;

/// <summary>How one look at a voice note ended.</summary>
/// <param name="Text">To be kept; empty for none. Null: tried again after <paramref name="Again"/>.</param>
/// <param name="Again">The pause before the next try.</param>
/// <param name="Problem">Why there is none, for a person; null when nothing is wrong.</param>
internal sealed record HearingEnd(string? Text, TimeSpan? Again, string? Problem)
{
    /// <summary>The call that was made, for the record; null when none was.</summary>
    public HearingCall? Call { get; init; }
}

/// <summary>One call to a transcription model.</summary>
internal sealed record HearingCall(TranscriptionSetup Setup, TimeSpan Took, TimeSpan Sound, ModelFailure? Failure)
{
    /// <summary>A call that failed is not charged by the providers.</summary>
    public long CostMicros => Failure is null ? Setup.Cost(Sound) : 0;
}

/// <summary>In: a stored voice note. Out: what it says, or why not and when to try again. Asks once; no transaction is open meanwhile.</summary>
internal sealed class VoiceHearing(TranscriptionDirectory directory, Transcriber transcriber, MediaFiles files, Database database, Clock clock)
{
    /// <summary>Tries, with 2, 8, 32 and 128 s between them.</summary>
    public const int MostTries = 5;

    /// <summary>Of a contact in 24 hours, with the calls of turns (TurnModels).</summary>
    private const int CallsInADay = 200;

    private static readonly TimeSpan LongestSound = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <param name="note">Not written down yet.</param>
    /// <param name="failures">Tries that failed before.</param>
    /// <param name="cancel">Throws.</param>
    public async Task<HearingEnd> Hear(VoiceNote note, int failures, CancellationToken cancel)
    {
        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        if (directory.Of(note.TenantId) is not { } setup || note.Sha256 is null)
        {
            return new HearingEnd("", null, null);
        }

        byte[] sound;
        try
        {
            sound = await File.ReadAllBytesAsync(files.PathOf(note.Sha256), cancel);
        }
        catch (IOException)
        {
            return new HearingEnd("", null, "The file of a voice note is not in the media folder, so it was not written down.");
        }

        var length = SoundLength.Of(sound);
        if (length > LongestSound)
        {
            return new HearingEnd("", null, $"A voice note of {length.TotalMinutes:F0} minutes was not written down: {LongestSound.TotalMinutes:F0} are the most.");
        }

        if (await IsSpent(note, cancel))
        {
            return new HearingEnd("", null, "A voice note was not written down: the budget of models is used up.");
        }

        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        var heard = await transcriber.Hear(setup, sound, note.MimeType ?? "audio/ogg", cancel);
        return End(setup, heard, failures) with
        {
            Call = new HearingCall(setup, System.Diagnostics.Stopwatch.GetElapsedTime(since), length, heard.Failure),
        };
    }

    /// <summary>What an answer means for the note. Pure.</summary>
    internal static HearingEnd End(TranscriptionSetup setup, Heard heard, int failures) => heard.Failure switch
    {
        null => new HearingEnd(heard.Text, null, null),
        ModelFailure.SpendLimit => new HearingEnd("", null, $"{setup} has no credit left or reached its spend limit. Raise it at the provider; voice notes go to people meanwhile."),
        ModelFailure.Refused { Status: 400 or 413 or 415 or 422 } => new HearingEnd("", null, $"{setup} does not take this kind of sound."),
        ModelFailure.Refused => new HearingEnd("", null, $"{setup} refuses the key, the model's name or the address. Check them; voice notes go to people meanwhile."),
        var failure when failures + 1 >= MostTries => new HearingEnd("", null, $"{setup} failed {MostTries} times ({failure.Word}): a voice note was not written down."),
        var failure => new HearingEnd(null, Pause(failures, (failure as ModelFailure.Overloaded)?.RetryAfter), null),
    };

    private static TimeSpan Pause(int failures, TimeSpan? asked)
    {
        var own = TimeSpan.FromSeconds(2 << (2 * Math.Clamp(failures, 0, 4)));
        return asked is { } wait && wait > own ? (wait < LongestPause ? wait : LongestPause) : own;
    }

    private async Task<bool> IsSpent(VoiceNote note, CancellationToken cancel)
    {
        var used = await database.Read(
            Scope.Tenant(note.TenantId), tx => UsageStore.Lately(tx, note.TenantId, note.ContactId, note.ConversationId, clock.Micros), cancel);
        return used.CallsInADay >= CallsInADay || used.CostInADay >= used.DailyCost || used.TokensLeft <= 0;
    }
}
