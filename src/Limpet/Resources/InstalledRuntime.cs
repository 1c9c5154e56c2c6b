namespace Limpet.Resources;

/// <summary>An installed .NET runtime.</summary>
/// <param name="Version">Its version, such as <c>10.0.12</c>.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="HasDataAccess">Whether the part that describes its heap (<c>libmscordaccore.so</c>) lies beside it.</param>
/// <param name="HasDumper">Whether the program that writes dumps (<c>createdump</c>) does.</param>
public sealed record InstalledRuntime(string Version, string Folder, bool HasDataAccess, bool HasDumper);
