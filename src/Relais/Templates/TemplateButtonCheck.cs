using Relais.Channels;

namespace Relais.Templates;

/// <summary>What WhatsApp would refuse of a template's buttons: ten in all, two addresses, one phone number, one code, replies together.</summary>
internal static class TemplateButtonCheck
{
    private const int Most = 10;
    private const int LongestLabel = 25;
    private const int LongestUrl = 2000;
    private const int LongestPhone = 20;
    private const int LongestCode = 20;

    private static readonly string[] Kinds = ["quick_reply", "url", "phone", "copy_code"];

    public static IEnumerable<ContentProblem> Problems(IReadOnlyList<TemplateButtonPart> buttons, bool isTwilio)
    {
        if (buttons.Count > Most)
        {
            yield return new("buttons", $"A template has at most {Most} buttons.");
        }

        foreach (var (kind, most) in ((string, int)[])[("url", 2), ("phone", 1), ("copy_code", 1)])
        {
            if (buttons.Count(b => b.Kind == kind) > most)
            {
                yield return new("buttons", $"A template has at most {most} button{(most > 1 ? "s" : "")} of kind {kind}.");
            }
        }

        if (buttons.Zip(buttons.Skip(1)).Count(pair => (pair.First.Kind == "quick_reply") != (pair.Second.Kind == "quick_reply")) > 1)
        {
            yield return new("buttons", "Put the quick replies side by side, before or after the other buttons.");
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            foreach (var problem in Of(buttons[i], isTwilio))
            {
                yield return problem with { Field = $"buttons[{i}].{problem.Field}" };
            }
        }
    }

    private static IEnumerable<ContentProblem> Of(TemplateButtonPart button, bool isTwilio)
    {
        if (!Kinds.Contains(button.Kind))
        {
            yield return new("kind", $"kind is one of {string.Join(", ", Kinds)}.");
            yield break;
        }

        // Meta labels the button that copies a code itself.
        if (button.Text.Length > LongestLabel || (button.Text.Length == 0 && (button.Kind != "copy_code" || isTwilio)))
        {
            yield return new("text", $"text has 1 to {LongestLabel} characters; this one has {button.Text.Length}.");
        }

        if (button.Text.Contains("{{", StringComparison.Ordinal))
        {
            yield return new("text", "A button's text takes no variables.");
        }

        var more = button.Kind switch
        {
            "url" => Url(button),
            "phone" => button.Phone is { Length: > 4 and <= LongestPhone } phone && phone[0] == '+' && phone.Skip(1).All(char.IsAsciiDigit)
                ? [] : [new("phone", "phone is a number with its country code, such as +33612345678.")],
            "copy_code" => button.Example is { Length: > 0 and <= LongestCode }
                ? [] : [new ContentProblem("example", $"example is the code that is copied, 1 to {LongestCode} characters.")],
            _ => [],
        };
        foreach (var problem in more)
        {
            yield return problem;
        }
    }

    private static IEnumerable<ContentProblem> Url(TemplateButtonPart button)
    {
        var url = button.Url ?? "";
        var pieces = TemplateText.Between(url);
        var names = TemplateText.Variables(url);
        if (url.Length is 0 or > LongestUrl || !Uri.TryCreate(pieces[0], UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            yield return new("url", $"url is an https address of at most {LongestUrl} characters.");
        }

        if (names.Count > 1 || pieces.Count > 2 || (names.Count == 1 && pieces[^1].Length > 0))
        {
            yield return new("url", "url may have one variable, at its end: https://shop.example/orders/{{1}}.");
        }
        else if (names.Count == 1 && string.IsNullOrWhiteSpace(button.Example))
        {
            yield return new("example", "Give an example of the whole address as example.");
        }
    }
}
