/** What can be told of a deployment only by trying it in a room: kept from the last time, for who looks later. */
package dev.agentassist.capability;
