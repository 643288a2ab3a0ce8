using System.Text.Json;

namespace Relais.Channels.Twilio;

/// <summary>What Twilio's answer to a request about contents means: a document, or a refusal or failure in words.</summary>
internal static class TwilioTemplateAnswer
{
    internal sealed record Refusal(int Code, string Reason);

    internal sealed record Failure(string Reason, bool MayHaveHappened);

    /// <summary>The answer's document when it is a good one; else null and one of the two.</summary>
    public static JsonDocument? Document(ProviderAnswer answer, out Refusal? refused, out Failure? failed)
    {
        (refused, failed) = (null, null);
        if (answer is not ProviderAnswer.Answered answered)
        {
            failed = answer is ProviderAnswer.NeverSent never ? new Failure(never.Reason, MayHaveHappened: false)
                : new Failure(((ProviderAnswer.Lost)answer).Reason, MayHaveHappened: true);
            return null;
        }

        var document = LenientJson.Parse(answered.Body, out _);
        if (document is not null && answered.Status is >= 200 and < 300)
        {
            return document;
        }

        using (document)
        {
            var root = document?.RootElement ?? default;
            if (ProviderText.ErrorCode(root.Text("code"u8)) is not { } code || answered.Status >= 500)
            {
                failed = new Failure($"The answer (HTTP {answered.Status}) is not one of Twilio's, or Twilio failed.", MayHaveHappened: true);
                return null;
            }

            var words = root.Text("message"u8) ?? "no reason given";
            words = words.Length > 500 ? string.Concat(words.AsSpan(0, 500), "…") : words;
            var rule = TwilioErrors.For(code, answered.Status);
            if (answered.Status == 429 || rule.Action is ErrorAction.Retry or ErrorAction.Unsure)
            {
                failed = new Failure($"Twilio has too much to do just now (code {code}: {words})", MayHaveHappened: rule.Action == ErrorAction.Unsure);
                return null;
            }

            refused = new Refusal(code, code == 20003 ? $"{rule.Sentence} (code {code})" : $"Twilio says: {words} (code {code})");
            return null;
        }
    }
}
