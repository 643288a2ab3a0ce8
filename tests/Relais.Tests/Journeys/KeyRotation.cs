using Relais.Backups;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The key that seals is replaced under the running server, in steps that may each be the last before a crash.</summary>
public sealed class KeyRotation
{
    [Theory, OnEveryDatabase]
    public async Task Everything_is_sealed_under_the_new_key_and_nothing_under_the_old_one(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var keyFile = relais.Settings.KeyFile;
        var old = KeyRing.FromFile(keyFile).All.ShouldHaveSingleItem();
        (await Sealed(relais, old)).ShouldBeGreaterThan(2);
        await relais.AddFaq("Un texte qui y ressemble", $"sealed:{old.Id}:faq:AAAA");
        var rotation = new Rotation(relais.Database, keyFile, _ => { });

        // Broken off after the new key was written, and after some values were sealed anew.
        rotation.Begin([old]);
        await relais.Chat(relais.Meta, "+33611110801").Asks("Bonjour", "Beyond Express");
        var made = KeyRing.FromFile(keyFile).Current;
        made.Id.ShouldNotBe(old.Id);
        (await rotation.Run(TimeSpan.FromMilliseconds(50), keepOld: true, CancellationToken.None)).ShouldBeGreaterThan(2);
        KeyRing.FromFile(keyFile).All.Count.ShouldBe(2);
        (await rotation.Run(TimeSpan.FromMilliseconds(50), keepOld: false, CancellationToken.None)).ShouldBe(0, "it goes on where it was");

        KeyRing.FromFile(keyFile).All.ShouldHaveSingleItem().Id.ShouldBe(made.Id);
        (await Sealed(relais, old)).ShouldBe(0);
        (await Sealed(relais, made)).ShouldBeGreaterThan(2);
        (await relais.Facts.Count("SELECT count(*) FROM faq WHERE answer LIKE 'sealed:%'")).ShouldBe(1, "words are not touched");
        await relais.Chat(relais.Meta, "+33611110802").Asks("Bonjour", "Beyond Express");
        await relais.StopServer();
        await relais.StartServer();
        await relais.Chat(relais.Twilio, "+33611110803").Asks("Bonjour", "Beyond Express");
    }

    private static Task<long> Sealed(RelaisHost relais, SealingKey key) => relais.Facts.Count("""
        SELECT (SELECT count(*) FROM inbox WHERE access_token LIKE @under) + (SELECT count(*) FROM provider_connection WHERE secret LIKE @under)
          + (SELECT count(*) FROM provider_connection WHERE verify_token LIKE @under)
        """, new { under = $"sealed:{key.Id}:%" });
}
