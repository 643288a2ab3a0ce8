using Relais.Channels;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>Settings as they are asked for: what is left out, or null, stays as it is.</summary>
/// <param name="Triggers">What starts the flow; the whole list.</param>
/// <param name="RestartWords">Words that start it over while it runs.</param>
/// <param name="ExitWords">Words that end it.</param>
/// <param name="OnRelease">end or resume.</param>
/// <param name="TestPhones">Phones that always run the draft, E.164.</param>
/// <param name="Functions">function_sid to https address.</param>
internal sealed record FlowSettingsRequest(
    IReadOnlyList<FlowTriggerRequest?>? Triggers, IReadOnlyList<string?>? RestartWords, IReadOnlyList<string?>? ExitWords, string? OnRelease,
    IReadOnlyList<string?>? TestPhones, IReadOnlyDictionary<string, string?>? Functions)
{
    private const int MostTriggers = 50;
    private const int MostWords = 100;
    private const int LongestWord = 100;

    private static readonly string[] Types = ["message", "keyword", "first_message", "button", "out_of_hours", "order", "campaign_reply"];

    /// <summary>The settings with what is asked for; null with the field and a sentence when that cannot be.</summary>
    /// <param name="old">As they are.</param>
    /// <param name="inboxes">Ids of the tenant's numbers.</param>
    /// <param name="wrong">Field and sentence.</param>
    public FlowSettings? Over(FlowSettings old, IReadOnlySet<long> inboxes, out (string Field, string Sentence) wrong)
    {
        wrong = Wrong(inboxes) ?? default;
        return wrong.Field is not null ? null : new FlowSettings
        {
            Triggers = Triggers is null ? old.Triggers : [.. Triggers.Select(t => t!.Read())],
            RestartWords = RestartWords is null ? old.RestartWords : FlowTriggerRequest.Clean(RestartWords),
            ExitWords = ExitWords is null ? old.ExitWords : FlowTriggerRequest.Clean(ExitWords),
            OnRelease = OnRelease ?? old.OnRelease,
            TestPhones = TestPhones is null ? old.TestPhones : [.. TestPhones.Select(p => PhoneNumbers.ToE164(p)!).Distinct()],
            Functions = Functions is null ? old.Functions : Functions.ToDictionary(f => CustomerText.Normalise(f.Key), f => f.Value!),
        };
    }

    private (string, string)? Wrong(IReadOnlySet<long> inboxes) =>
        Triggers is { Count: > MostTriggers } ? ("settings.triggers", $"A flow has at most {MostTriggers} triggers.")
        : Triggers?.Select(t => Wrong(t, inboxes)).FirstOrDefault(w => w is not null) is { } trigger ? ("settings.triggers", trigger)
        : WrongWords(RestartWords) ? ("settings.restart_words", $"restart_words are at most {MostWords} words of at most {LongestWord} characters.")
        : WrongWords(ExitWords) ? ("settings.exit_words", $"exit_words are at most {MostWords} words of at most {LongestWord} characters.")
        : OnRelease is not (null or "end" or "resume") ? ("settings.on_release", "on_release is end or resume.")
        : TestPhones is { Count: > 50 } || (TestPhones?.Any(p => PhoneNumbers.ToE164(p) is null) ?? false)
            ? ("settings.test_phones", "test_phones are at most 50 phone numbers with their country codes, such as +212600000001.")
        : Functions is { Count: > 200 } || (Functions?.Any(f => f.Key.Length is 0 or > 200) ?? false)
            ? ("settings.functions", "functions are at most 200 names of functions with their addresses.")
        : Functions?.Select(f => SafeHttp.Problem(f.Value)).FirstOrDefault(p => p is not null) is { } address ? ("settings.functions", address)
        : null;

    private static string? Wrong(FlowTriggerRequest? trigger, IReadOnlySet<long> inboxes) =>
        trigger is null || !Types.Contains(trigger.Type) ? $"The type of a trigger is one of {string.Join(", ", Types)}."
        : WrongWords(trigger.Words) || WrongWords(trigger.Values) ? $"words and values are at most {MostWords} of at most {LongestWord} characters."
        : trigger.Type == "keyword" && trigger.Words is null or { Count: 0 } ? "A keyword trigger needs words."
        : trigger.Match is not (null or "is" or "contains" or "starts_with") ? "match is is, contains or starts_with."
        : trigger.InboxIds?.Any(i => !inboxes.Contains(i)) ?? false ? "inbox_ids are ids of numbers of this business (GET /api/inboxes)."
        : null;

    private static bool WrongWords(IReadOnlyList<string?>? words) =>
        words is { Count: > MostWords } || (words?.Any(w => string.IsNullOrWhiteSpace(w) || w.Length > LongestWord) ?? false);
}

/// <summary>A trigger as it is asked for; see <see cref="FlowTrigger"/>.</summary>
internal sealed record FlowTriggerRequest(
    string? Type, IReadOnlyList<string?>? Words, string? Match, IReadOnlyList<string?>? Values, IReadOnlyList<long>? InboxIds, bool? Interrupts)
{
    public FlowTrigger Read() => new(Type!)
    {
        Words = Clean(Words ?? []),
        Match = Match ?? "is",
        Values = Clean(Values ?? []),
        InboxIds = InboxIds ?? [],
        Interrupts = Interrupts ?? false,
    };

    public static IReadOnlyList<string> Clean(IReadOnlyList<string?> words) => [.. words.Select(w => CustomerText.Normalise(w!).Trim()).Distinct(StringComparer.Ordinal)];
}
