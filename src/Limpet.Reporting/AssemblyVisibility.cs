using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Limpet.Cli")]
