using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What Meta's answer to a request about templates means: a document, or a refusal or failure in words.</summary>
internal static class MetaTemplateAnswer
{
    /// <summary>Subcodes that say what is wrong with a template; the code beside them is a bare 100.</summary>
    private const int FirstSubcode = 2_388_000;

    internal sealed record Refusal(int Code, string Reason);

    internal sealed record Failure(string Reason, bool MayHaveHappened);

    /// <summary>The answer's document when it is a good one; else null and one of the two.</summary>
    public static JsonDocument? Document(ProviderAnswer answer, out Refusal? refused, out Failure? failed)
    {
        (refused, failed) = (null, null);
        switch (answer)
        {
            case ProviderAnswer.NeverSent never:
                failed = new Failure(never.Reason, MayHaveHappened: false);
                return null;
            case ProviderAnswer.Lost lost:
                failed = new Failure(lost.Reason, MayHaveHappened: true);
                return null;
            case ProviderAnswer.Answered answered:
                return Document(answered, out refused, out failed);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static JsonDocument? Document(ProviderAnswer.Answered answer, out Refusal? refused, out Failure? failed)
    {
        (refused, failed) = (null, null);
        var document = LenientJson.Parse(answer.Body, out _);
        var error = document?.RootElement.Get("error"u8) ?? default;
        if (document is not null && error.ValueKind != JsonValueKind.Object && answer.Status is >= 200 and < 300)
        {
            return document;
        }

        using (document)
        {
            if (ProviderText.ErrorCode(error.Text("code"u8)) is not { } code)
            {
                failed = new Failure($"The answer (HTTP {answer.Status}) is not one of Meta's.", MayHaveHappened: true);
                return null;
            }

            // Of a malformed token Meta quotes all of it.
            var words = code is 0 or 190 ? "see the token" : Words(error);
            var subcode = ProviderText.ErrorCode(error.Text("error_subcode"u8));
            var rule = MetaErrors.For(code, answer.Status);
            if (rule.Action is ErrorAction.Retry || (rule.Action == ErrorAction.HoldInbox && !IsAboutToken(code)))
            {
                failed = new Failure($"{rule.Sentence} (code {code}: {words})", MayHaveHappened: code is 1 or 2 && answer.Status >= 500);
                return null;
            }

            refused = subcode is >= FirstSubcode
                ? new Refusal(subcode.Value, $"Meta says: {words} (code {subcode})")
                : new Refusal(code, code == 100 ? $"Meta says: {words} (code 100)" : $"{Sentence(code, rule)} (code {code}: {words})");
            return null;
        }
    }

    private static bool IsAboutToken(int code) => code is 0 or 3 or 10 or 190 or 131005 or (>= 200 and <= 299);

    /// <summary>The table speaks of sending; templates need another permission.</summary>
    private static string Sentence(int code, ErrorRule rule) => IsAboutToken(code) && code is not (0 or 190)
        ? "The access token lacks a permission (whatsapp_business_management); make a token that has it."
        : rule.Sentence;

    /// <summary>The sentence that Meta means for people, else whatever it says.</summary>
    private static string Words(JsonElement error)
    {
        var title = error.Text("error_user_title"u8);
        var said = error.Text("error_user_msg"u8) ?? error.Get("error_data"u8).Text("details"u8) ?? error.Text("message"u8) ?? "no reason given";
        var words = title is null || said.StartsWith(title, StringComparison.Ordinal) ? said : $"{title}: {said}";
        return words.Length > 500 ? string.Concat(words.AsSpan(0, 500), "…") : words;
    }
}
