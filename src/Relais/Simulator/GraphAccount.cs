using System.Text.Json.Nodes;

namespace Relais.Simulator;

/// <summary>What Meta says of a number, an account and a token.</summary>
internal sealed class GraphAccount(SimulatorHub hub, GraphDoor door)
{
    private const string AppId = "1000000000000001";
    private static readonly string[] UsualFields =
        ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput"];

    /// <summary>GET /{version}/{phone_number_id}?fields=….</summary>
    public async Task Describe(HttpContext context, SimulatedNumber number)
    {
        var profile = hub.Profile(number);
        var asked = context.Request.Query["fields"].ToString();
        var answer = new JsonObject();
        foreach (var field in asked.Length == 0 ? UsualFields : asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            JsonNode? value = field switch
            {
                "display_phone_number" => number.DisplayNumber,
                "verified_name" => number.Name,
                "quality_rating" => profile.QualityRating,
                "throughput" => new JsonObject { ["level"] = profile.ThroughputLevel },
                "whatsapp_business_manager_messaging_limit" => profile.MessagingLimit,
                "code_verification_status" => profile.CodeVerificationStatus,
                "platform_type" => "CLOUD_API",
                "status" => "CONNECTED",
                "name_status" => "APPROVED",
                "account_mode" => "LIVE",
                "id" => number.Address,
                _ => null,
            };
            if (value is null)
            {
                await GraphDoor.Refuse(context, 100, $"Tried accessing nonexisting field ({field}) on node type (WhatsAppBusinessPhoneNumber)");
                return;
            }

            answer[field] = value;
        }

        answer["id"] = number.Address;
        await Answer(context, answer);
    }

    /// <summary>GET /{version}/{catalog_id}?fields=id,name,product_count.</summary>
    public Task Describe(HttpContext context, SimulatedCatalog catalog) => Answer(
        context, new JsonObject { ["id"] = catalog.Id, ["name"] = catalog.Name, ["product_count"] = catalog.Products });

    /// <summary>GET, POST and DELETE /{version}/{waba}/subscribed_apps.</summary>
    public async Task SubscribedApps(HttpContext context)
    {
        if (await door.Account(context) is not { } number)
        {
            return;
        }

        var profile = hub.Profile(number);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await Answer(context, new JsonObject
            {
                ["data"] = profile.IsSubscribed
                    ? new JsonArray(new JsonObject
                    {
                        ["whatsapp_business_api_data"] = new JsonObject
                        {
                            ["link"] = "https://www.facebook.com/games/?app_id=" + AppId, ["name"] = "Simulator", ["id"] = AppId,
                        },
                    })
                    : [],
            });
            return;
        }

        profile.IsSubscribed = HttpMethods.IsPost(context.Request.Method);
        await Answer(context, new JsonObject { ["success"] = true });
    }

    /// <summary>GET /{waba}/product_catalogs: those whose products its numbers may send.</summary>
    public async Task Catalogs(HttpContext context)
    {
        if (await door.Account(context) is not null)
        {
            await Answer(context, new JsonObject
            {
                ["data"] = new JsonArray([.. hub.Catalogs.Values.Where(c => c.IsConnected).Select(c => (JsonNode)new JsonObject { ["id"] = c.Id })]),
            });
        }
    }

    /// <summary>GET /{waba}/phone_numbers: every number of the account.</summary>
    public async Task Numbers(HttpContext context)
    {
        if (await door.Account(context) is not { } owner)
        {
            return;
        }

        var all = hub.Numbers.Where(n => n.Channel == SimulatedChannel.Meta && n.Account == owner.Account).Select(n => (JsonNode)new JsonObject
        {
            ["verified_name"] = n.Name,
            ["display_phone_number"] = n.DisplayNumber,
            ["quality_rating"] = hub.Profile(n).QualityRating,
            ["id"] = n.Address,
        });
        await Answer(context, new JsonObject { ["data"] = new JsonArray([.. all]) });
    }

    /// <summary>GET /debug_token?input_token=…: whether it is valid, what it may do, when it ends.</summary>
    public async Task DebugToken(HttpContext context)
    {
        var query = context.Request.Query;
        var asks = query["access_token"].ToString() is { Length: > 0 } inQuery ? "Bearer " + inQuery : context.Request.Headers.Authorization.ToString();
        if (!hub.AcceptsAnyToken && !hub.Numbers.Any(n => n.Channel == SimulatedChannel.Meta && asks == "Bearer " + n.AccessToken))
        {
            await GraphDoor.Refuse(context, 190);
            return;
        }

        var number = hub.Numbers.FirstOrDefault(n => n.Channel == SimulatedChannel.Meta && n.AccessToken == query["input_token"]);
        if (number is null)
        {
            await Answer(context, new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token - Cannot parse access token" },
                    ["is_valid"] = false,
                    ["scopes"] = new JsonArray(),
                },
            });
            return;
        }

        var expires = hub.Profile(number).TokenExpires;
        await Answer(context, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["app_id"] = AppId,
                ["type"] = "SYSTEM_USER",
                ["application"] = "Simulator",
                ["data_access_expires_at"] = 0,
                ["expires_at"] = expires?.ToUnixTimeSeconds() ?? 0,
                ["is_valid"] = expires is not { } end || end > hub.Now,
                ["scopes"] = new JsonArray("whatsapp_business_management", "whatsapp_business_messaging"),
                ["granular_scopes"] = new JsonArray(
                    new JsonObject { ["scope"] = "whatsapp_business_management", ["target_ids"] = new JsonArray(number.Account) },
                    new JsonObject { ["scope"] = "whatsapp_business_messaging", ["target_ids"] = new JsonArray(number.Account) }),
                ["user_id"] = "2000000000000002",
            },
        });
    }

    private static Task Answer(HttpContext context, JsonObject answer) => FaultAnswer.Json(context, 200, ProviderJson.Bytes(answer));
}
