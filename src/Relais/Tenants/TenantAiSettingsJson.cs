namespace Relais.Tenants;

/// <summary>What a business sets for its AI agent beside its prompt and models. In a request, what is left out stays as it is.</summary>
/// <param name="AutoRespond">Whether it answers by itself where nothing else is said of a number or a conversation.</param>
/// <param name="Mode">answer, draft or quiet: the same said more finely.</param>
/// <param name="QuietMs">Milliseconds to wait for the rest of a burst, 0 to 5000; null the installation's (in a request: -1).</param>
/// <param name="HandoffRules">When it gives way to people.</param>
/// <param name="BlockOnRegression">Whether a change of prompt or FAQs that makes a simulation fail is refused.</param>
/// <param name="ApproveOrders">Whether what a customer taps on an order waits for a person (<c>/api/approvals</c>).</param>
internal sealed record TenantAiSettingsJson(
    bool? AutoRespond = null, string? Mode = null, long? QuietMs = null, HandoffRules? HandoffRules = null, bool? BlockOnRegression = null,
    bool? ApproveOrders = null)
{
    /// <summary>What is said of answering, as numbers and conversations say it too.</summary>
    internal AiSettingsJson Answers => new(AutoRespond, Mode);
}
