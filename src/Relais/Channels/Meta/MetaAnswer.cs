using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What Meta's answer to a send means.</summary>
internal static class MetaAnswer
{
    public static SendOutcome Outcome(ProviderAnswer.Answered answer)
    {
        using var document = LenientJson.Parse(answer.Body, out _);
        if (document is null)
        {
            return Unreadable(answer);
        }

        var error = document.RootElement.Get("error"u8);
        if (ProviderText.ErrorCode(error.Text("code"u8)) is { } code)
        {
            // About a token Meta's words may quote it.
            var details = code is 0 or 190 ? null : ProviderText.FirstOf(error.Get("error_data"u8).Text("details"u8), error.Text("message"u8));
            return MetaErrors.For(code, answer.Status).ToOutcome(code, details, answer.RetryAfter) with
            {
                Details = details,
                Reference = error.Text("fbtrace_id"u8) ?? answer.Reference,
            };
        }

        if (answer.Status is >= 200 and < 300)
        {
            foreach (var message in document.RootElement.Get("messages"u8).Items())
            {
                if (message.Text("id"u8) is { } id)
                {
                    return new SendOutcome.Accepted(id);
                }
            }
        }

        return Unreadable(answer);
    }

    public static bool IsSuccess(ReadOnlyMemory<byte> body)
    {
        using var document = LenientJson.Parse(body, out _);
        return document?.RootElement.Get("success"u8).ValueKind == JsonValueKind.True;
    }

    private static SendOutcome.Unknown Unreadable(ProviderAnswer.Answered answer) =>
        new($"The answer (HTTP {answer.Status}) is not one of Meta's; the message may have gone out.") { Reference = answer.Reference };
}
