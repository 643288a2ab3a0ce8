using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Rights;

/// <summary>
/// Before any route: what somebody does not see is not there for them (404), and what shows everybody's customers is not theirs (403). Costs
/// nothing for those who see everything, and one look-up by key for others.
/// </summary>
internal sealed class SightGuard(RequestDelegate next, Database database)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.SignedInOrNull() is not { TenantId: { } tenantId } who || Sight.Of(who) is not { } sight || http.GetEndpoint() is not RouteEndpoint route)
        {
            await next(http);
            return;
        }

        var look = SightTable.Of(http.Request.Method, "/" + route.RoutePattern.RawText!.Trim('/'), sight.Contacts is not null);
        if (look is Look.Shut)
        {
            await Problems.Refuse(Problems.Forbidden, "This shows customers of everybody, and you see some of them only.").ExecuteAsync(http);
        }
        else if (look is Look.Nothing || await Sees(tenantId, sight, look, http))
        {
            await next(http);
        }
        else
        {
            await Problems.Refuse(Problems.NotFound).ExecuteAsync(http);
        }
    }

    private async Task<bool> Sees(long tenantId, Sight sight, Look look, HttpContext http)
    {
        if (!long.TryParse(http.Request.RouteValues["id"] as string, out var id))
        {
            return false;
        }

        var rows = look switch
        {
            Look.AtConversation at => $"{at.Sql} AND ({at.Or} OR ({sight.OfConversation("c")}))",
            Look.AtContact at => $"{at.Sql} AND {sight.OfContact("x.contact_id")}",
            _ => throw new InvalidOperationException("Nothing is looked at there."),
        };
        return await database.Read(
            Scope.Tenant(tenantId), tx => tx.QueryFirst<long>($"SELECT 1 FROM {rows} LIMIT 1", sight.With(("tenantId", tenantId), ("id", id))),
            http.RequestAborted) == 1;
    }
}
