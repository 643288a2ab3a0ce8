using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;

namespace Relais.Templates;

/// <summary>A template to be created at the provider.</summary>
/// <param name="InboxId">A number of the account it is for; may be left out when the tenant has one account.</param>
/// <param name="Name">Lower-case letters, digits and underscores.</param>
/// <param name="Language">fr, ar, en_US …</param>
/// <param name="Category">marketing or utility.</param>
/// <param name="Header">Above the text.</param>
/// <param name="Body">The text, with variables as {{1}} or {{name}}.</param>
/// <param name="Footer">Below it.</param>
/// <param name="Buttons">Ten at most.</param>
/// <param name="Examples">A value for each variable of the body.</param>
/// <param name="Components">Instead of header, body, footer and buttons: the same in Meta's own form.</param>
/// <param name="AllowCategoryChange">Whether the provider may choose another category instead of rejecting it; true when left out.</param>
internal sealed record TemplateRequest(
    long? InboxId, string? Name, string? Language, string? Category, TemplateHeader? Header, string? Body, string? Footer,
    IReadOnlyList<TemplateButtonPart>? Buttons, IReadOnlyDictionary<string, string>? Examples, JsonElement? Components, bool? AllowCategoryChange)
{
    /// <summary>As channels see it, its texts normalised.</summary>
    public TemplateDefinition Definition()
    {
        var parts = Components is { ValueKind: JsonValueKind.Array } components ? MetaTemplateReader.Parts(components, withFile: true) : Parts();
        return new TemplateDefinition(Clean(Name) ?? "", (Clean(Language) ?? "").Replace('-', '_'), (Clean(Category) ?? "").ToLowerInvariant(), parts)
        {
            AllowCategoryChange = AllowCategoryChange ?? true,
        };
    }

    private TemplateParts Parts() => new(Clean(Body) ?? "")
    {
        Header = Header is null ? null : new TemplateHeader((Clean(Header.Kind) ?? "text").ToLowerInvariant(), Clean(Header.Text), Clean(Header.Example)),
        Footer = Clean(Footer),
        Buttons = [.. (Buttons ?? []).Select(b => new TemplateButtonPart((Clean(b.Kind) ?? "").ToLowerInvariant(), Clean(b.Text) ?? "")
        {
            Url = Clean(b.Url), Phone = Clean(b.Phone), Example = Clean(b.Example),
        })],
        Examples = Examples is not { Count: > 0 } ? null : Examples.ToDictionary(e => CustomerText.Normalise(e.Key), e => Clean(e.Value) ?? "", StringComparer.Ordinal),
    };

    private static string? Clean(string? text) => text is null || CustomerText.Normalise(text).Trim() is not { Length: > 0 } clean ? null : clean;
}

/// <param name="Id">Ours.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="InboxIds">The tenant's numbers that can send it.</param>
/// <param name="Name">As sends name it.</param>
/// <param name="Language">fr, en_US …</param>
/// <param name="Category">marketing, utility or authentication.</param>
/// <param name="Status">creating, pending, approved, rejected, paused, disabled, deleted …; only approved ones can be sent.</param>
/// <param name="Reason">Why it was rejected or paused, in the provider's words, or null.</param>
/// <param name="Quality">green, yellow, red, unknown, or null.</param>
/// <param name="ParameterFormat">positional or named.</param>
/// <param name="Header">Above the text, or null.</param>
/// <param name="Body">The text with its variables.</param>
/// <param name="Footer">Below it, or null.</param>
/// <param name="Buttons">In their order.</param>
/// <param name="Examples">A value for each variable of the body.</param>
/// <param name="Variables">What a send has to fill in, as fields of the content: <c>header.1</c>, <c>body.1</c>, <c>buttons[0]</c>, <c>header_media</c>.</param>
/// <param name="ProviderId">Meta's id or Twilio's ContentSid; null while it is being made.</param>
/// <param name="SyncedAt">When it was last seen at the provider.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record TemplateAnswer(
    long Id, string Channel, IReadOnlyList<long> InboxIds, string Name, string Language, string Category, string Status, string? Reason,
    string? Quality, string ParameterFormat, TemplateHeader? Header, string Body, string? Footer, IReadOnlyList<TemplateButtonPart> Buttons,
    IReadOnlyDictionary<string, string> Examples, IReadOnlyList<string> Variables, string? ProviderId, DateTimeOffset? SyncedAt,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static TemplateAnswer Of(StoredTemplate template, TemplateAccounts accounts)
    {
        var parts = template.Parts;
        return new TemplateAnswer(
            template.Id, template.IsTwilio ? "twilio" : "meta", accounts.InboxesOf(template.TenantId, template.ConnectionId), template.Name,
            template.Language, template.Category, template.Status, template.Reason, template.Quality, template.ParameterFormat, parts.Header, parts.Body,
            parts.Footer, parts.Buttons, parts.Examples ?? new Dictionary<string, string>(StringComparer.Ordinal), TemplateGate.Show(template).Variables,
            template.IsReservation ? null : template.ProviderId, Instants.FromMicros(template.SyncedAt), Instants.FromMicros(template.CreatedAt),
            Instants.FromMicros(template.UpdatedAt));
    }
}

/// <summary>Values to look at a template with: those of a send, or <c>variables</c> for the body alone.</summary>
internal sealed record PreviewRequest(
    IReadOnlyDictionary<string, string>? Variables, IReadOnlyDictionary<string, string>? Header, IReadOnlyDictionary<string, string>? Body,
    IReadOnlyList<TemplateButton>? Buttons);

/// <param name="Text">As the customer reads it; a variable without a value stays in its braces.</param>
/// <param name="Header">Its first line or kind of file, or null.</param>
/// <param name="Body">The text alone.</param>
/// <param name="Footer">The last line, or null.</param>
/// <param name="Buttons">With their addresses filled in.</param>
/// <param name="Missing">Fields without a value: <c>body.2</c>.</param>
/// <param name="Superfluous">Values that the template has no place for.</param>
/// <param name="Errors">Everything that keeps it from being sent, by field.</param>
internal sealed record PreviewAnswer(
    string Text, string? Header, string Body, string? Footer, IReadOnlyList<TemplateButtonPart> Buttons, IReadOnlyList<string> Missing,
    IReadOnlyList<string> Superfluous, IReadOnlyDictionary<string, string[]> Errors);

/// <param name="InboxIds">The numbers of the account.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="SyncedAt">The last look that succeeded, or null.</param>
/// <param name="Problem">Why the last one did not, in one sentence, or null.</param>
/// <param name="Added">Templates not known before.</param>
/// <param name="Changed">Templates that had changed.</param>
/// <param name="Deleted">Templates that are no longer there.</param>
internal sealed record SyncAnswer(
    IReadOnlyList<long> InboxIds, string Channel, DateTimeOffset? SyncedAt, string? Problem, int Added = 0, int Changed = 0, int Deleted = 0);
