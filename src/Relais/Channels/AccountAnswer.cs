using System.Text.Json;

namespace Relais.Channels;

/// <summary>A provider's answer to a question about an account, read.</summary>
/// <param name="Json">Undefined when no JSON came.</param>
/// <param name="Status">HTTP; 0 when no answer came.</param>
/// <param name="Code">The provider's error code, or null.</param>
/// <param name="Words">The provider's words on the error, or why no answer came; null when all went well.</param>
internal sealed record AccountAnswer(JsonElement Json, int Status, int? Code, string? Words)
{
    public bool IsGood => Status is >= 200 and < 300 && Json.ValueKind == JsonValueKind.Object && Code is null;

    /// <summary>Neither an answer nor a refusal: nothing can be told from it.</summary>
    public bool IsSilent => !IsGood && Code is null && Status is 0 or >= 500;

    /// <summary>For a sentence: the words, with their code.</summary>
    public string Said => Code is { } code ? $"code {code}: {Words ?? "no words"}" : Words ?? $"HTTP {Status}";

    /// <param name="answer">What came.</param>
    /// <param name="read">Finds code and words of an error in the provider's JSON.</param>
    public static AccountAnswer Of(ProviderAnswer answer, Func<JsonElement, int, (int? Code, string? Words)> read)
    {
        switch (answer)
        {
            case ProviderAnswer.Answered answered:
                using (var document = LenientJson.Parse(answered.Body, out _))
                {
                    if (document is null)
                    {
                        return new AccountAnswer(default, answered.Status, null, $"HTTP {answered.Status} without JSON");
                    }

                    var root = document.RootElement.Clone();
                    var (code, words) = read(root, answered.Status);
                    return new AccountAnswer(root, answered.Status, code, words);
                }

            case ProviderAnswer.NeverSent never:
                return new AccountAnswer(default, 0, null, never.Reason);
            case ProviderAnswer.Lost lost:
                return new AccountAnswer(default, 0, null, lost.Reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
