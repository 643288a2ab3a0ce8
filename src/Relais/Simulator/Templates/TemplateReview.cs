using System.Globalization;
using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>Meta's reviewers: a verdict on each template, told by webhook to one number of the account.</summary>
internal sealed class TemplateReview(SimulatorHub hub)
{
    /// <summary>New and edited templates are approved after <see cref="SimulatorHub.TemplateReviewTakes"/>.</summary>
    public void Begin(SimulatedNumber number, MetaTemplate template)
    {
        hub.Feed.Changed();
        hub.Errands.Start(async stop =>
        {
            await Task.Delay(hub.TemplateReviewTakes, hub.Time, stop);
            if (template.Status == "PENDING" && hub.Templates.ById(template.Id) is not null)
            {
                await Decide(number, template, "APPROVED", null, stop);
            }
        });
    }

    /// <summary>A new status, and the webhook <c>message_template_status_update</c>.</summary>
    public async Task<WebhookResult> Decide(
        SimulatedNumber number, MetaTemplate template, string status, string? reason, CancellationToken cancel)
    {
        template.Status = status == "REINSTATED" ? "APPROVED" : status;
        template.Reason = reason;
        hub.Feed.Changed();
        var value = Named(template, new JsonObject { ["event"] = status });
        value["reason"] = reason ?? "NONE";
        value["message_template_category"] = template.Category;
        if (status == "REJECTED")
        {
            value["rejection_info"] = new JsonObject
            {
                ["reason"] = "The template does not keep the rules of this category.",
                ["recommendation"] = "Change the text and submit it again.",
            };
        }
        else if (status == "PAUSED")
        {
            value["other_info"] = new JsonObject
            {
                ["title"] = "FIRST_PAUSE", ["description"] = "Your WhatsApp message template has been paused for 3 hours because it had issues.",
            };
        }

        return await Tell(number, "message_template_status_update", value, cancel);
    }

    /// <summary>A new quality, and the webhook <c>message_template_quality_update</c>.</summary>
    public Task<WebhookResult> Rate(SimulatedNumber number, MetaTemplate template, string quality, CancellationToken cancel)
    {
        var value = Named(template, new JsonObject { ["previous_quality_score"] = template.Quality, ["new_quality_score"] = quality });
        template.Quality = quality;
        hub.Feed.Changed();
        return Tell(number, "message_template_quality_update", value, cancel);
    }

    /// <summary>Meta thinks otherwise of the category: the webhook <c>template_category_update</c>.</summary>
    public Task<WebhookResult> Recategorise(SimulatedNumber number, MetaTemplate template, string category, CancellationToken cancel)
    {
        var value = Named(template, new JsonObject { ["previous_category"] = template.Category, ["new_category"] = category });
        template.Category = category;
        hub.Feed.Changed();
        return Tell(number, "template_category_update", value, cancel);
    }

    private static JsonObject Named(MetaTemplate template, JsonObject value)
    {
        value["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture);
        value["message_template_name"] = template.Name;
        value["message_template_language"] = template.Language.Replace('_', '-');
        return value;
    }

    private Task<WebhookResult> Tell(SimulatedNumber number, string field, JsonObject value, CancellationToken cancel) =>
        hub.Announce(number, field, value, cancel);
}
