using Relais.Foundation;
using Relais.Storage;

namespace Relais.Inboxes.Installation;

/// <summary>Brings the entered address into memory: at start, after a change here, and every few seconds for what another node's console changed.</summary>
internal sealed class PublicAddressBook(Database database, PublicAddress address)
{
    public async Task Load(CancellationToken cancel)
    {
        if (!address.IsDemo)
        {
            address.Enter(PublicAddress.Read(await database.Read(
                Scope.Directory, tx => InstallationSettingStore.Find(tx, InstallationSettingStore.PublicAddress), cancel)));
        }
    }
}
