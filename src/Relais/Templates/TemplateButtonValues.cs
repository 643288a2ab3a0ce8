using Relais.Channels;

namespace Relais.Templates;

/// <summary>The values that a template's buttons take, checked against its buttons.</summary>
internal sealed class TemplateButtonValues(
    IReadOnlyList<TemplateButtonPart> buttons, List<string> missing, List<string> superfluous, List<ContentProblem> problems)
{
    private const int LongestCode = 20;
    private const int LongestPayload = 256;

    /// <summary>What to send, in the order of the buttons; null for none.</summary>
    public IReadOnlyList<TemplateButton>? Read(IReadOnlyList<TemplateButton>? given, IReadOnlyDictionary<string, string>? body)
    {
        var values = new List<TemplateButton>();
        for (var i = 0; i < buttons.Count; i++)
        {
            var own = given?.Where(b => b.Index == i).ToList() ?? [];
            if (own.Count > 1)
            {
                problems.Add(new ContentProblem("buttons", $"Button {i} has two values; give one."));
            }

            if (Value(i, buttons[i], own.FirstOrDefault(), body) is { } value)
            {
                values.Add(value);
            }
        }

        foreach (var stray in (given ?? []).Where(b => b.Index < 0 || b.Index >= buttons.Count))
        {
            superfluous.Add($"buttons[{stray.Index}]");
            problems.Add(new ContentProblem("buttons", $"The template has no button {stray.Index}; they count from 0."));
        }

        return values.Count == 0 ? null : values;
    }

    private TemplateButton? Value(int index, TemplateButtonPart button, TemplateButton? given, IReadOnlyDictionary<string, string>? body)
    {
        var field = $"buttons[{index}]";
        var value = TemplateValue.Clean(given?.Value);
        switch (button.Kind)
        {
            case "otp":
                // Its code is the body's only variable, told again.
                var code = value.Length > 0 ? value : body?.GetValueOrDefault("1") ?? "";
                return Needed(field, index, "url", code, "the code", LongestCode);
            case "url" when TemplateText.Variables(button.Url).Count > 0:
                return Needed(field, index, "url", value, "the end of its address", 2000);
            case "copy_code":
                return Needed(field, index, "copy_code", value, "the code that is copied", LongestCode);
            case "quick_reply":
                return value.Length == 0 ? null : Needed(field, index, "quick_reply", value, "its payload", LongestPayload);
            default:
                if (given is not null)
                {
                    superfluous.Add(field);
                    problems.Add(new ContentProblem(field, $"Button {index} ({button.Text}) takes no value; leave it out."));
                }

                return null;
        }
    }

    private TemplateButton? Needed(string field, int index, string kind, string value, string what, int most)
    {
        if (value.Length == 0)
        {
            missing.Add(field);
            problems.Add(new ContentProblem(field, $"Button {index} needs a value of kind {kind}: {what}."));
            return null;
        }

        if (value.Length > most)
        {
            problems.Add(new ContentProblem(field, $"The value of button {index} has {value.Length} characters; WhatsApp takes {most}."));
            return null;
        }

        return new TemplateButton(index, kind, value);
    }
}
