namespace Relais.Channels.Twilio;

/// <summary>What Twilio's answer to a send means.</summary>
internal static class TwilioAnswer
{
    public static SendOutcome Outcome(ProviderAnswer.Answered answer)
    {
        using var document = LenientJson.Parse(answer.Body, out _);
        if (document is not null)
        {
            var root = document.RootElement;
            if (answer.Status is >= 200 and < 300)
            {
                if (root.Text("sid"u8) is { } sid)
                {
                    return new SendOutcome.Accepted(sid);
                }
            }
            else if (ProviderText.ErrorCode(root.Text("code"u8)) is { } code)
            {
                return TwilioErrors.For(code, answer.Status).ToOutcome(code, root.Text("message"u8), answer.RetryAfter) with
                {
                    Details = root.Text("message"u8),
                    Reference = answer.Reference,
                };
            }
        }

        return new SendOutcome.Unknown($"The answer (HTTP {answer.Status}) is not one of Twilio's; the message may have gone out.") { Reference = answer.Reference };
    }

    /// <summary>
    /// What the answer to making a content resource means. Nothing was sent to anybody, so what is unclear may be tried again;
    /// one that was made in vain stays unused.
    /// </summary>
    public static AssetOutcome Made(ProviderAnswer.Answered answer) => Outcome(answer) switch
    {
        SendOutcome.Accepted made => new AssetOutcome.Made(made.ProviderId, Lasts: null),
        SendOutcome.Unknown when answer.Status is >= 400 and < 500 and not 429 => new AssetOutcome.Failed(
            new SendOutcome.Rejected(0, $"Twilio did not take the definition (HTTP {answer.Status}).")),
        SendOutcome.Unknown unclear => new AssetOutcome.Failed(new SendOutcome.RetryLater(answer.RetryAfter, RetryScope.Message, 0, unclear.Reason)),
        var failed => new AssetOutcome.Failed(failed),
    };
}
