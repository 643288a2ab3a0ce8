using Relais.Channels;
using Relais.Storage;

namespace Relais.Templates;

/// <summary>What the send gate learns of a template somebody wants to send.</summary>
internal abstract record TemplateDecision
{
    /// <param name="Content">Filled in, with how it reads and the provider's id where the provider wants one.</param>
    /// <param name="Category">marketing, utility or authentication.</param>
    internal sealed record Ready(OutboundContent.Template Content, string Category) : TemplateDecision;

    /// <param name="Code">template_unknown, template_not_approved, template_not_supported or template_variables_missing / _superfluous / _invalid.</param>
    /// <param name="Reason">One sentence for a person.</param>
    /// <param name="Usable">What could be sent instead.</param>
    /// <param name="Problems">Fields of the content that are wrong, e.g. <c>body.1</c>.</param>
    internal sealed record Refused(
        string Code, string Reason, IReadOnlyList<UsableTemplate> Usable, IReadOnlyList<ContentProblem> Problems) : TemplateDecision;
}

/// <summary>A template that could be sent, as refusals and the API name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Language">fr, en_US.</param>
/// <param name="Category">marketing, utility or authentication.</param>
/// <param name="Variables">What has to be filled in, as fields of the content: <c>header.1</c>, <c>body.1</c>, <c>buttons[0]</c>, <c>header_media</c>.</param>
/// <param name="Body">Its text with the variables in braces.</param>
internal sealed record UsableTemplate(string Name, string Language, string Category, IReadOnlyList<string> Variables, string Body);

/// <summary>
/// Asked by the send gate for contents of type template alone, in its transaction: is there such a template on this inbox's
/// account, is it approved, and is everything filled in.
/// </summary>
internal static class TemplateGate
{
    /// <summary>A refusal lists this many; the rest is in GET /api/templates/usable.</summary>
    private const int Listed = 50;

    public static async Task<TemplateDecision> Resolve(Tx tx, long tenantId, long inboxId, OutboundContent.Template wanted) =>
        await Resolve(tx, tenantId, inboxId, wanted, await TemplateStore.Named(tx, tenantId, inboxId, wanted.Name));

    /// <param name="named">All of that name on this number: read once for the many messages of one transaction.</param>
    public static async Task<TemplateDecision> Resolve(
        Tx tx, long tenantId, long inboxId, OutboundContent.Template wanted, List<StoredTemplate> named)
    {
        var template = InLanguage(named, wanted.Language);
        if (template is null)
        {
            var languages = string.Join(", ", named.Select(t => t.Language).Distinct());
            return await Refuse(tx, tenantId, inboxId, "template_unknown", named.Count == 0
                ? $"This number has no template named {wanted.Name}."
                : $"The template {wanted.Name} does not exist in {wanted.Language}, only in {languages}.");
        }

        if (!template.IsUsable)
        {
            var why = template.Reason is { } reason ? $" ({reason})" : "";
            return await Refuse(tx, tenantId, inboxId, "template_not_approved",
                $"The template {template.Name} ({template.Language}) cannot be sent: WhatsApp says {template.Status}{why}.");
        }

        if (template.Parts.Unsupported is { Count: > 0 } parts)
        {
            return await Refuse(tx, tenantId, inboxId, "template_not_supported",
                $"The template {template.Name} has parts this version cannot fill in: {string.Join(", ", parts)}.");
        }

        var filled = TemplateFilling.Fill(template, wanted);
        if (filled.Problems.Count == 0)
        {
            return new TemplateDecision.Ready(filled.Content, template.Category);
        }

        var code = filled.Missing.Count > 0 ? "template_variables_missing"
            : filled.Superfluous.Count > 0 ? "template_variables_superfluous" : "template_variables_invalid";
        return await Refuse(tx, tenantId, inboxId, code,
            $"The template {template.Name} ({template.Language}): {string.Join(" ", filled.Problems.Select(p => p.Reason))}", filled.Problems);
    }

    /// <summary>What may be sent from this inbox outside the window, each name and language once.</summary>
    public static async Task<IReadOnlyList<UsableTemplate>> Usable(Tx tx, long tenantId, long inboxId, int limit = Listed) =>
    [
        .. (await TemplateStore.Usable(tx, tenantId, inboxId, limit)).DistinctBy(t => (t.Name, t.Language)).Select(Show),
    ];

    public static UsableTemplate Show(StoredTemplate template)
    {
        var parts = template.Parts;
        return new UsableTemplate(template.Name, template.Language, template.Category, [.. Fields(parts, template.IsTwilio)], parts.Body);
    }

    /// <summary>The language asked for; else, when there is just one of the same tongue (en for en_US), that one.</summary>
    private static StoredTemplate? InLanguage(List<StoredTemplate> named, string language)
    {
        var code = language.Replace('-', '_');
        if (named.Find(t => string.Equals(t.Language, code, StringComparison.OrdinalIgnoreCase)) is { } exact)
        {
            return exact;
        }

        var near = named.FindAll(t => string.Equals(Tongue(t.Language), Tongue(code), StringComparison.OrdinalIgnoreCase)).DistinctBy(t => t.Language).ToList();
        return near.Count == 1 ? near[0] : null;
    }

    private static string Tongue(string language) => language.Split('_')[0];

    private static IEnumerable<string> Fields(TemplateParts parts, bool isTwilio)
    {
        foreach (var name in TemplateText.Variables(parts.Header?.Text))
        {
            yield return $"header.{name}";
        }

        if (!isTwilio && parts.Header?.Kind is "image" or "video" or "document")
        {
            yield return "header_media";
        }

        if (parts.Header?.Kind == "location")
        {
            yield return "header_location";
        }

        foreach (var name in TemplateText.Variables(parts.Body))
        {
            yield return $"body.{name}";
        }

        for (var i = 0; i < parts.Buttons.Count; i++)
        {
            if (parts.Buttons[i].Kind == "copy_code" || TemplateText.Variables(parts.Buttons[i].Url).Count > 0)
            {
                yield return $"buttons[{i}]";
            }
        }
    }

    private static async Task<TemplateDecision> Refuse(
        Tx tx, long tenantId, long inboxId, string code, string reason, IReadOnlyList<ContentProblem>? problems = null) =>
        new TemplateDecision.Refused(code, reason, await Usable(tx, tenantId, inboxId), problems ?? []);
}
