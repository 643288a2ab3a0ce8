using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>One item of <c>statuses[]</c>.</summary>
internal static class MetaStatus
{
    public static ChannelEvent? Read(JsonElement item, string? address, ReadingProblems problems)
    {
        var word = ProviderText.Word(item.Text("status"u8), "missing");
        DeliveryStatus? status = word switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" or "played" => DeliveryStatus.Read,
            "failed" => DeliveryStatus.Failed,
            _ => null,
        };
        if (status is null)
        {
            return new ChannelEvent.Other(address, $"status:{word}");
        }

        if (item.Text("id"u8) is not { } id)
        {
            problems.Add($"a status '{word}' has no message id");
            return null;
        }

        var at = ProviderText.Micros(item.Whole("timestamp"u8));
        var ownId = ProviderText.OwnId(item.Text("biz_opaque_callback_data"u8));
        var error = MetaReason.First(item);
        var price = item.Get("pricing"u8);
        return new ChannelEvent.StatusReported(address, new StatusReport(
            id, ownId, status.Value, at, ProviderText.ErrorCode(error.Text("code"u8)), MetaReason.Words(error))
        {
            CostCategory = Word(price.Text("category"u8)),
            CostType = Word(price.Text("type"u8)),
        });
    }

    private static string? Word(string? word) => word is null ? null : ProviderText.Word(word, "");
}
