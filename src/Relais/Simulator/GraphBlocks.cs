using System.Text.Json.Nodes;

namespace Relais.Simulator;

/// <summary>Meta's block list of a number: <c>/{version}/{phone_number_id}/block_users</c>.</summary>
internal sealed class GraphBlocks(SimulatorHub hub, GraphDoor door)
{
    // "Failed to block or unblock some users" and its reason for those who did not write in the last 24 hours.
    private const int SomeFailed = 139100;
    private const int NotInWindow = 131047;

    public Task Block(HttpContext context) => Change(context, block: true);

    public Task Unblock(HttpContext context) => Change(context, block: false);

    public async Task List(HttpContext context)
    {
        if (await door.Number(context) is not { } number)
        {
            return;
        }

        var blocked = hub.Phones.Where(p => p.ChatWith(number).IsBlockedByBusiness)
            .Select(p => (JsonNode)new JsonObject { ["messaging_product"] = "whatsapp", ["wa_id"] = p.WaId });
        await Answer(context, 200, new JsonObject { ["data"] = new JsonArray([.. blocked]) });
    }

    private async Task Change(HttpContext context, bool block)
    {
        if (await door.Number(context) is not { } number || await GraphDoor.Body(context) is not { } body)
        {
            return;
        }

        if (body["block_users"] is not JsonArray { Count: > 0 } users)
        {
            await GraphDoor.Refuse(context, 100, "The parameter block_users is required.");
            return;
        }

        JsonArray done = [], failed = [];
        foreach (var user in users)
        {
            var input = user?["user"] is JsonValue v && v.TryGetValue<string>(out var text) ? text : "";
            var phone = hub.FindPhone(input);
            if (phone is null || (block && !hub.IsInWindow(phone, number)))
            {
                failed.Add(Failure(input));
                continue;
            }

            phone.ChatWith(number).IsBlockedByBusiness = block;
            done.Add(new JsonObject { ["input"] = input, ["wa_id"] = phone.WaId });
        }

        hub.Feed.Changed();
        var result = new JsonObject { [block ? "added_users" : "removed_users"] = done };
        var answer = new JsonObject { ["messaging_product"] = "whatsapp", ["block_users"] = result };
        if (failed.Count > 0)
        {
            result["failed_users"] = failed;
            answer["error"] = new JsonObject
            {
                ["message"] = $"(#{SomeFailed}) Failed to block/unblock some users",
                ["type"] = "OAuthException",
                ["code"] = SomeFailed,
                ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = "Failed to block some users, see the block_users response list for details" },
                ["fbtrace_id"] = ProviderIds.Trace(),
            };
        }

        await Answer(context, failed.Count > 0 ? 400 : 200, answer);
    }

    private static JsonObject Failure(string input)
    {
        var (_, message, details) = ProviderErrors.Meta(NotInWindow);
        return new JsonObject
        {
            ["input"] = input,
            ["errors"] = new JsonArray(new JsonObject
            {
                ["message"] = message, ["code"] = NotInWindow, ["error_data"] = new JsonObject { ["details"] = details },
            }),
        };
    }

    private static Task Answer(HttpContext context, int status, JsonObject answer) => FaultAnswer.Json(context, status, ProviderJson.Bytes(answer));
}
