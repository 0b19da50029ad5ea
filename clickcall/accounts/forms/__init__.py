"""Forms of this feature, a module for each page. Rules of input are here; what the tables demand is in the services."""
