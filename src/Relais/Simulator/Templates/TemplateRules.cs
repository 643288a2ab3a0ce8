using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Relais.Simulator.Templates;

/// <summary>Why a template cannot be created: Meta's subcode and its sentence for people.</summary>
internal sealed record TemplateProblem(int Subcode, string Sentence);

/// <summary>What Meta refuses of a template before anybody looks at it (business-management-api, message templates).</summary>
internal static partial class TemplateRules
{
    private const int MissingField = 2388043;
    private const int TooLong = 2388040;
    private const int BadHeader = 2388047;
    private const int BadBody = 2388072;
    private const int BadFooter = 2388073;
    private const int TooManyVariables = 2388293;
    private const int VariableAtAnEnd = 2388299;
    private const int BadButtons = 2388039;

    public static bool IsName(string name) => Name().IsMatch(name);

    public static TemplateProblem? Check(JsonArray components, string category, bool named)
    {
        var body = Of(components, "BODY");
        if (body is null)
        {
            return new(MissingField, "A template needs a BODY.");
        }

        return (category == "AUTHENTICATION" ? null : Body(body, named))
            ?? (Of(components, "HEADER") is { } header ? Header(header) : null)
            ?? (Of(components, "FOOTER") is { } footer ? Footer(footer) : null)
            ?? (Of(components, "BUTTONS") is { } buttons ? Buttons(buttons) : null);
    }

    private static TemplateProblem? Body(JsonObject body, bool named)
    {
        var text = MetaTemplate.Said(body, "text");
        var names = Placeholders.In(text);
        return text.Length == 0 ? new(MissingField, "The BODY needs a text.")
            : text.Length > 1024 ? new(TooLong, "The BODY has at most 1024 characters.")
            : Placeholders.StandsAtAnEnd(text) ? new(VariableAtAnEnd, "Variables can't be at the start or end of the template.")
            : Placeholders.StandSideBySide(text) ? new(BadBody, "Variables can't stand side by side without words between them.")
            : Misnumbered(names, named) ? new(BadBody, named
                ? "Named variables have lower-case letters, digits and underscores."
                : "Variables are numbered {{1}}, {{2}}, {{3}} … without a gap.")
            : names.Count > 0 && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < (2 * names.Count) + 1
                ? new(TooManyVariables, "This template contains too many variable parameters relative to the message length.")
            : names.Count > 0 && Examples(body, named) != names.Count
                ? new(MissingField, $"The BODY needs an example for each of its {names.Count} variables.")
            : null;
    }

    private static bool Misnumbered(IReadOnlyList<string> names, bool named) => named
        ? names.Any(n => !NamedVariable().IsMatch(n))
        : names.Where((n, i) => n != (i + 1).ToString(CultureInfo.InvariantCulture)).Any();

    private static int Examples(JsonObject body, bool named) => body["example"] is not JsonObject example ? 0
        : named ? (example["body_text_named_params"] as JsonArray)?.Count ?? 0
        : example["body_text"] is JsonArray { Count: > 0 } rows && rows[0] is JsonArray row ? row.Count
        : 0;

    private static TemplateProblem? Header(JsonObject header)
    {
        var format = MetaTemplate.Said(header, "format");
        var text = MetaTemplate.Said(header, "text");
        return format switch
        {
            "TEXT" => text.Length == 0 ? new(MissingField, "A HEADER of format TEXT needs a text.")
                : text.Length > 60 ? new(TooLong, "The HEADER has at most 60 characters.")
                : Placeholders.In(text).Count > 1 ? new(BadHeader, "The HEADER has at most one variable.")
                : text.AsSpan().IndexOfAny('\n', '*') >= 0 ? new(BadHeader, "The HEADER can't have new lines or formatting.")
                : Placeholders.In(text).Count == 1 && header["example"] is null ? new(MissingField, "The HEADER's variable needs an example.")
                : null,
            "IMAGE" or "VIDEO" or "DOCUMENT" or "GIF" => header["example"]?["header_handle"] is JsonArray { Count: > 0 }
                ? null : new(MissingField, "A HEADER with a file needs example.header_handle."),
            "LOCATION" => null,
            _ => new(BadHeader, "The HEADER's format is TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION."),
        };
    }

    private static TemplateProblem? Footer(JsonObject footer)
    {
        var text = MetaTemplate.Said(footer, "text");
        return text.Length is 0 or > 60 ? new(text.Length == 0 ? BadFooter : TooLong, "The FOOTER has 1 to 60 characters.")
            : Placeholders.In(text).Count > 0 ? new(BadFooter, "The FOOTER has no variables.")
            : null;
    }

    private static TemplateProblem? Buttons(JsonObject component)
    {
        List<JsonObject> buttons = component["buttons"] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];
        List<string> kinds = buttons.ConvertAll(b => MetaTemplate.Said(b, "type").ToUpperInvariant());
        int Count(string kind) => kinds.Count(k => k == kind);
        var changes = kinds.Zip(kinds.Skip(1)).Count(p => (p.First == "QUICK_REPLY") != (p.Second == "QUICK_REPLY"));
        return buttons.Count is 0 or > 10 ? new(BadButtons, "A template has 1 to 10 buttons.")
            : Count("URL") > 2 || Count("PHONE_NUMBER") > 1 || Count("COPY_CODE") > 1 ? new(BadButtons, "At most two URL buttons, one phone number and one code.")
            : changes > 1 ? new(BadButtons, "Quick replies stand together.")
            : buttons.Exists(b => MetaTemplate.Said(b, "text").Length > 25) ? new(TooLong, "A button's label has at most 25 characters.")
            : buttons.Exists(b => MetaTemplate.Said(b, "text").Length == 0 && (MetaTemplate.Said(b, "type") is "QUICK_REPLY" or "URL" or "PHONE_NUMBER"))
                ? new(MissingField, "A button needs a text.")
            : buttons.Exists(b => MetaTemplate.Said(b, "type") == "URL" && MetaTemplate.Said(b, "url") is { Length: 0 or > 2000 })
                ? new(MissingField, "A URL button needs a url of at most 2000 characters.")
            : null;
    }

    private static JsonObject? Of(JsonArray components, string type) =>
        components.OfType<JsonObject>().FirstOrDefault(c => MetaTemplate.Said(c, "type") == type);

    [GeneratedRegex("^[a-z0-9_]{1,512}$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.None, 1000)]
    private static partial Regex NamedVariable();
}
